package import LeewayCore

/// Makes a data set of the batches of a query, and the hash of each row's content on the way.
package struct DatasetBuilder: Sendable {
    /// What becomes of a column.
    ///
    /// Every column goes into the rows' hashes.
    package enum Role: Sendable, Equatable {
        case number
        case category
        /// Hashed, not kept.
        case passing
    }

    private enum Column: Sendable {
        case number([Double])
        case category(TextDictionary, [Int32])
        case passing
    }

    private let names: [String]
    private var columns: [Column]
    /// The hash of each row.
    package private(set) var rowHashes: [RowHash] = []

    /// Takes a query's columns, in order, and what becomes of each; `rowCount` reserves room.
    package init(names: [String], roles: [Role], rowCount: Int) {
        self.names = names
        columns = roles.map { role in
            switch role {
            case .number:
                var numbers: [Double] = []
                numbers.reserveCapacity(rowCount)
                return .number(numbers)
            case .category:
                var codes: [Int32] = []
                codes.reserveCapacity(rowCount)
                return .category(TextDictionary(), codes)
            case .passing: return .passing
            }
        }
        rowHashes.reserveCapacity(rowCount)
    }

    /// Takes the rows of a batch.
    ///
    /// - Throws: `malformedArrow`; `wrongColumnKind` where a column is not what its role needs.
    package mutating func add(_ batch: borrowing ArrowBatch) throws {
        let start = rowHashes.count
        rowHashes.append(contentsOf: repeatElement(RowHash(), count: batch.rowCount))
        for place in columns.indices {
            // Taken out while it changes, so that its arrays stay the only ones.
            var column = columns[place]
            columns[place] = .passing
            switch column {
            case .number(var numbers):
                column = .passing
                try batch.appendNumbers(of: place, to: &numbers)
                hash(numbers[(numbers.count - batch.rowCount)...], from: start)
                columns[place] = .number(numbers)
            case .category(var dictionary, var codes):
                column = .passing
                try batch.withTexts(of: place) { texts in
                    for row in texts.indices {
                        guard let bytes = texts[row].bytes else {
                            codes.append(Categorical.missing)
                            rowHashes[start + row].combine(RowHash.missing)
                            continue
                        }
                        let code = dictionary.code(of: bytes)
                        codes.append(code)
                        rowHashes[start + row].combine(dictionary.hashes[Int(code)])
                    }
                }
                columns[place] = .category(dictionary, codes)
            case .passing:
                try hashPassing(batch, place, from: start)
            }
        }
    }

    /// The columns that were kept, in the query's order.
    ///
    /// - Throws: `malformedDataset` where two columns have one name.
    package func dataset() throws(LeewayError) -> Dataset {
        var kept: [Dataset.Column] = []
        for (name, column) in zip(names, columns) {
            switch column {
            case .number(let numbers): kept.append(Dataset.Column(name, .numeric(numbers)))
            case .category(let dictionary, let codes):
                kept.append(
                    Dataset.Column(name, .categorical(Categorical(categories: dictionary.texts, codes: codes))))
            case .passing: break
            }
        }
        return try Dataset(columns: kept)
    }

    private mutating func hash(_ numbers: ArraySlice<Double>, from start: Int) {
        for (row, number) in zip(start..., numbers) { rowHashes[row].combine(RowHash.hash(number)) }
    }

    private mutating func hashPassing(_ batch: borrowing ArrowBatch, _ place: Int, from start: Int) throws {
        if batch.fields[place].type.isText {
            try batch.withTexts(of: place) { texts in
                for row in texts.indices {
                    rowHashes[start + row].combine(texts[row].bytes.map { RowHash.hash($0) } ?? RowHash.missing)
                }
            }
        } else {
            var numbers: [Double] = []
            try batch.appendNumbers(of: place, to: &numbers)
            hash(numbers[...], from: start)
        }
    }
}
