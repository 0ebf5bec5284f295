import LeewayCore

/// The bins in which the windows of one model version are counted: the reference's values of each column, then those of
/// the score and of the label.
///
/// A numeric column of k values has 2k + 1 cells: cell 2i + 1 is exactly the i-th value, cell 2i what lies strictly
/// between it and the one before; the first and the last cell are open-ended. A column of k categories has k cells.
package struct WindowBins: Sendable {
    /// What the cells of a column stand for.
    package enum Values: Sendable, Equatable {
        /// Ascending numbers.
        case numbers([Double])
        /// Categories: a code is a place here.
        case categories([String])
    }

    /// The score's bins: 0, 1/256 … 1.
    package static let scoreEdges = (0...256).map { Double($0) / 256 }

    /// The columns' names: those of the reference in its order, then the score's and the label's.
    package let names: [String]
    /// What the cells of each column stand for.
    package let values: [Values]
    /// The same for the same bins on every machine: counts of other bins are refused by it.
    package let fingerprint: UInt64

    let layouts: [ColumnLayout]
    /// The numbers of all numeric columns, one column after the other.
    let edges: [Double]
    /// For each bucket of each numeric column, how many of the column's edges lie in the buckets before.
    let bucketStarts: [UInt32]
    /// The cells of all columns.
    let cellCount: Int

    private let places: [String: Int]

    /// Takes the reference's columns; `labels` are the negative and the positive class.
    package init(_ reference: [ReferenceCounts], labels: [String]) {
        var (names, values) = ([String](), [Values]())
        for column in reference {
            names.append(column.column)
            switch column.values {
            case .numbers(let numbers, counts: _, isExact: _): values.append(.numbers(numbers))
            case .categories(let categories, counts: _): values.append(.categories(categories))
            }
        }
        places = Dictionary(zip(names, names.indices)) { first, _ in first }
        names += ["score", "label"]
        values += [.numbers(Self.scoreEdges), .categories(labels)]

        var (layouts, edges, starts, cell) = ([ColumnLayout](), [Double](), [UInt32](), 0)
        for values in values {
            let layout = ColumnLayout(values, firstCell: cell, edges: &edges, bucketStarts: &starts)
            cell = layout.cells.upperBound
            layouts.append(layout)
        }
        (self.names, self.values, self.layouts, self.edges) = (names, values, layouts, edges)
        (bucketStarts, cellCount) = (starts, cell)
        fingerprint = Self.fingerprint(names, values)
    }

    /// The score's place among the columns.
    package var score: Int { names.count - 2 }
    /// The label's place among the columns.
    package var label: Int { names.count - 1 }

    /// The place of a column of the reference; nil where it has none of that name.
    package func column(named name: String) -> Int? { places[name] }

    /// The code of a category, byte for byte; `WindowCounts.newCode` where the column has none like it.
    ///
    /// - Complexity: O(log k) for k categories: for a table of codes, not for every row.
    package func code(of category: String, in column: Int) -> Int32 {
        guard case .categories(let categories) = values[column] else {
            preconditionFailure("Column '\(names[column])' has no categories.")
        }
        var (place, end) = (0, categories.count)
        if column == label {
            // The classes, of which there are two, are in no order.
            place = categories.firstIndex { $0.utf8.elementsEqual(category.utf8) } ?? end
        } else {
            // The reference's categories are in the order of their bytes.
            while place < end {
                let middle = (place + end) / 2
                let isBefore = categories[middle].utf8.lexicographicallyPrecedes(category.utf8)
                if isBefore { place = middle + 1 } else { end = middle }
            }
        }
        // By bytes: Swift holds texts of other bytes for equal.
        guard place < categories.count, categories[place].utf8.elementsEqual(category.utf8) else {
            return WindowCounts.newCode
        }
        return Int32(place)
    }

    private static func fingerprint(_ names: [String], _ values: [Values]) -> UInt64 {
        func hash(_ text: String) -> UInt64 {
            var text = text
            return text.withUTF8 { RowHash.hash($0) }
        }
        var hash128 = RowHash()
        for (name, values) in zip(names, values) {
            hash128.combine(hash(name))
            switch values {
            case .numbers(let numbers):
                hash128.combine(UInt64(numbers.count) << 1)
                for number in numbers { hash128.combine(RowHash.hash(number)) }
            case .categories(let categories):
                hash128.combine(UInt64(categories.count) << 1 | 1)
                for category in categories { hash128.combine(hash(category)) }
            }
        }
        return hash128.first
    }
}
