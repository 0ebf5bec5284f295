/// Columns in memory: numeric as `Double` (NaN is missing), categorical as codes with their categories.
///
/// - Shape: `rowCount` rows × `columns.count` columns; every column has `rowCount` values and a name of its own.
/// - Units: 8 bytes a numeric cell, 4 a categorical one.
public struct Dataset: Sendable, Equatable {
    /// The values of one column.
    public enum Values: Sendable, Equatable {
        /// Numbers; NaN is missing.
        case numeric([Double])
        /// Categories; code -1 is missing.
        case categorical(Categorical)

        /// How many rows there are.
        public var count: Int {
            switch self {
            case .numeric(let values): values.count
            case .categorical(let values): values.codes.count
            }
        }

        /// The rows at the given places, in their order.
        public func rows(_ places: [Int]) -> Values {
            switch self {
            case .numeric(let values): .numeric(places.map { values[$0] })
            case .categorical(let values): .categorical(values.rows(places))
            }
        }
    }

    /// A name and its values.
    public struct Column: Sendable, Equatable {
        /// The column's name: any text, as the source has it.
        public let name: String
        /// The column's values.
        public let values: Values

        /// Takes a name and its values.
        public init(_ name: String, _ values: Values) {
            self.name = name
            self.values = values
        }
    }

    /// The columns in their order.
    public let columns: [Column]
    /// The length of every column; 0 where there is no column.
    public let rowCount: Int
    private let places: [String: Int]

    /// Takes columns of one length under distinct names.
    ///
    /// - Throws: `malformedDataset` where lengths differ or a name stands twice.
    public init(columns: [Column]) throws(LeewayError) {
        var places: [String: Int] = [:]
        for (place, column) in columns.enumerated() {
            guard column.values.count == columns[0].values.count else {
                throw LeewayError(
                    .malformedDataset,
                    "Column '\(column.name)' has \(column.values.count) rows where '\(columns[0].name)' has \(columns[0].values.count)."
                )
            }
            guard places.updateValue(place, forKey: column.name) == nil else {
                throw LeewayError(.malformedDataset, "Column '\(column.name)' stands twice.")
            }
        }
        self.init(columns, places)
    }

    private init(_ columns: [Column], _ places: [String: Int]) {
        self.columns = columns
        self.places = places
        self.rowCount = columns.first?.values.count ?? 0
    }

    /// Takes numeric columns, as a literal: `["height": [1.7, 1.8, .nan]]`.
    ///
    /// - Throws: `malformedDataset`.
    public init(_ columns: KeyValuePairs<String, [Double]>) throws(LeewayError) {
        try self.init(columns: columns.map { Column($0.key, .numeric($0.value)) })
    }

    /// The values under a name.
    ///
    /// - Throws: `missingColumn`.
    public func values(_ name: String) throws(LeewayError) -> Values {
        guard let place = places[name] else {
            throw LeewayError(
                .missingColumn, "There is no column '\(name)'.",
                hint: "Columns: \(columns.map(\.name).joined(separator: ", ")).")
        }
        return columns[place].values
    }

    /// The numbers under a name.
    ///
    /// - Throws: `missingColumn`; `wrongColumnKind` where the column is categorical.
    public func column(_ name: String) throws(LeewayError) -> [Double] {
        guard case .numeric(let values) = try values(name) else {
            throw LeewayError(.wrongColumnKind, "Column '\(name)' is categorical where numbers are needed.")
        }
        return values
    }

    /// The categories under a name.
    ///
    /// - Throws: `missingColumn`; `wrongColumnKind` where the column is numeric.
    public func categorical(_ name: String) throws(LeewayError) -> Categorical {
        guard case .categorical(let values) = try values(name) else {
            throw LeewayError(.wrongColumnKind, "Column '\(name)' is numeric where categories are needed.")
        }
        return values
    }

    /// The same columns with the values of some replaced, order kept; a new name goes to the end.
    ///
    /// - Throws: `malformedDataset` where a new column has another length.
    public func replacing(_ replacements: [Column]) throws(LeewayError) -> Dataset {
        var columns = columns
        for replacement in replacements {
            if let place = places[replacement.name] {
                columns[place] = replacement
            } else {
                columns.append(replacement)
            }
        }
        return try Dataset(columns: columns)
    }

    /// The columns under the given names, in that order.
    ///
    /// - Throws: `missingColumn`; `malformedDataset` where a name is given twice.
    public func selecting(_ names: [String]) throws(LeewayError) -> Dataset {
        var selected: [Column] = []
        for name in names { selected.append(Column(name, try values(name))) }
        return try Dataset(columns: selected)
    }

    /// The rows at the given places, in their order.
    public func rows(_ places: [Int]) -> Dataset {
        Dataset(columns.map { Column($0.name, $0.values.rows(places)) }, self.places)
    }
}
