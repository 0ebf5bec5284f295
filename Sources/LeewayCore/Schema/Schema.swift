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

    /// This schema, admitting also what another one of the same columns admits: the wider range, the categories of both,
    /// missing values where either has any.
    ///
    /// - Edge cases: a column that the other one has not, or has with another type, stays as it is; where one of the two has
    ///   too many texts to list, so has the result.
    public func widened(by other: Schema) -> Schema {
        Schema(
            columns: columns.map { column in
                guard let more = other[column.name], more.type.isNumeric == column.type.isNumeric else { return column }
                func either(_ first: Double?, _ second: Double?, _ choose: (Double, Double) -> Double) -> Double? {
                    guard let first, let second else { return first ?? second }
                    return choose(first, second)
                }
                var categories: [String]?
                if let own = column.categories, let others = more.categories {
                    categories = Set(own).union(others).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
                }
                return Column(
                    name: column.name, type: more.type == .number ? .number : column.type,
                    nullShare: column.nullShare > 0 ? column.nullShare : more.nullShare,
                    minimum: either(column.minimum, more.minimum, min),
                    maximum: either(column.maximum, more.maximum, max),
                    categories: categories)
            }, target: target)
    }
}
