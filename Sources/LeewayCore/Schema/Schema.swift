/// What a table's columns must be: types, ranges, categories and shares of missing values.
///
/// Inferred from data, written to `schema.json`, and held against later data by the checks.
public struct Schema: Sendable, Codable, Equatable {
    /// What one column must be.
    public struct Column: Sendable, Codable, Equatable {
        /// The column's name, as the source has it.
        public let name: String
        /// The type of its values.
        public let type: ColumnType
        /// The share of missing values that was seen, 0 … 1.
        public let nullShare: Double
        /// The smallest value seen; nil for a column without numbers.
        public let minimum: Double?
        /// The largest value seen; nil for a column without numbers.
        public let maximum: Double?
        /// The texts seen, in the order of their UTF-8 bytes; nil for a numeric column, or where there are too many to list.
        public let categories: [String]?

        /// Takes what was seen of a column.
        public init(
            name: String, type: ColumnType, nullShare: Double, minimum: Double? = nil, maximum: Double? = nil,
            categories: [String]? = nil
        ) {
            self.name = name
            self.type = type
            self.nullShare = nullShare
            self.minimum = minimum
            self.maximum = maximum
            self.categories = categories
        }

        enum CodingKeys: String, CodingKey {
            case name
            case type
            case nullShare = "null_share"
            case minimum
            case maximum
            case categories
        }
    }

    /// The columns in the order of the source.
    public let columns: [Column]
    /// The name of the target column.
    public let target: String

    /// Takes columns and the target's name.
    public init(columns: [Column], target: String) {
        self.columns = columns
        self.target = target
    }

    /// The column under a name, or nil.
    public subscript(name: String) -> Column? { columns.first { $0.name == name } }
}
