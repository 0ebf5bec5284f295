package import LeewayCore

/// A small result as a whole: whole numbers exactly, other numbers as `Double`, texts as `String`.
///
/// For aggregates, not for data: every cell is boxed in an optional.
package struct ResultTable: Sendable, Equatable {
    /// The values of one column.
    package enum Values: Sendable, Equatable {
        /// Whole numbers and booleans.
        case integers([Int64?])
        /// Other numbers, dates and times in the units of `ArrowBatch.appendNumbers`; NaN is missing.
        case numbers([Double])
        case texts([String?])
    }

    /// The columns' names and types.
    package let fields: [ArrowField]
    /// The columns' values, in the order of the fields.
    package private(set) var columns: [Values]
    /// How many rows there are.
    package private(set) var rowCount = 0

    init(fields: [ArrowField]) {
        self.fields = fields
        columns = fields.map { field in
            if field.type.isText { return .texts([]) }
            return field.type.isWhole || field.type == .boolean || field.type == .null ? .integers([]) : .numbers([])
        }
    }

    mutating func append(_ batch: borrowing ArrowBatch) throws {
        for place in columns.indices {
            switch columns[place] {
            case .integers(var values):
                columns[place] = .integers([])
                try batch.appendIntegers(of: place, to: &values)
                columns[place] = .integers(values)
            case .numbers(var values):
                columns[place] = .numbers([])
                try batch.appendNumbers(of: place, to: &values)
                columns[place] = .numbers(values)
            case .texts(var values):
                columns[place] = .texts([])
                try batch.withTexts(of: place) { texts in values.append(contentsOf: texts.map(\.string)) }
                columns[place] = .texts(values)
            }
        }
        rowCount += batch.rowCount
    }

    /// The whole numbers of a column; nil is missing.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`.
    package func integers(_ name: String) throws(LeewayError) -> [Int64?] {
        guard case .integers(let values) = try values(name) else { throw wrongKind(name, "whole numbers") }
        return values
    }

    /// The numbers of a column, whole ones included; NaN is missing.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`.
    package func numbers(_ name: String) throws(LeewayError) -> [Double] {
        switch try values(name) {
        case .integers(let values): return values.map { $0.map { Double($0) } ?? .nan }
        case .numbers(let values): return values
        case .texts: throw wrongKind(name, "numbers")
        }
    }

    /// The texts of a column; nil is missing.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`.
    package func texts(_ name: String) throws(LeewayError) -> [String?] {
        guard case .texts(let values) = try values(name) else { throw wrongKind(name, "texts") }
        return values
    }

    /// The values of a column, whatever their kind.
    ///
    /// - Throws: `missingColumn`.
    package func values(_ name: String) throws(LeewayError) -> Values {
        guard let place = fields.firstIndex(where: { $0.name == name }) else {
            throw LeewayError(
                .missingColumn, "The result has no column '\(name)'.",
                hint: "Columns: \(fields.map(\.name).joined(separator: ", ")).")
        }
        return columns[place]
    }

    private func wrongKind(_ name: String, _ wanted: String) -> LeewayError {
        LeewayError(.wrongColumnKind, "Column '\(name)' of the result holds no \(wanted).")
    }
}
