import LeewayCore
import LeewayEngine

/// Gives texts of a CSV file the types that training knew, for a format that has types.
enum TypedColumns {
    /// Expressions for the columns of `table`, under the alias `i`: typed where no value is lost by it, else as they are.
    static func expressions(
        _ names: [String], _ schema: Schema, of table: String, _ engine: any Engine
    ) async throws -> [String] {
        let candidates = names.map { name in schema[name]?.type.sqlType }
        let isLossless = zip(names, candidates).map { name, type in
            guard let type else { return "false" }
            let (value, typed) = (name.sqlName, "TRY_CAST(\(name.sqlName) AS \(type))")
            // A text with a fraction would be rounded to a whole number without a word.
            let isLong = "regexp_matches(\(value), '^[-+]?[0-9]{16,}$')"
            let kept =
                switch type {
                case "BIGINT": "CASE WHEN \(typed) = TRY_CAST(\(value) AS DOUBLE) THEN 1 END"
                // A number of many digits may be a name, which a DOUBLE would round.
                case "DOUBLE": "CASE WHEN \(typed) IS NOT NULL AND NOT \(isLong) THEN 1 END"
                default: typed
                }
            return "count(\(value)) = count(\(kept))"
        }
        let tests = isLossless.map { "CAST(\($0) AS VARCHAR)" }.joined(separator: ", ")
        let row = try await engine.texts("SELECT \(tests) FROM \(table)").first ?? []
        return zip(names, zip(candidates, row)).map { name, found in
            guard let type = found.0, found.1 == "true" else { return "i.\(name.sqlName)" }
            return "CAST(i.\(name.sqlName) AS \(type)) AS \(name.sqlName)"
        }
    }
}

extension ColumnType {
    /// The SQL type that holds the column's values; nil for text.
    fileprivate var sqlType: String? {
        switch self {
        case .integer: "BIGINT"
        case .number: "DOUBLE"
        case .boolean: "BOOLEAN"
        case .date: "DATE"
        case .time: "TIME"
        case .timestamp: "TIMESTAMP"
        case .text: nil
        }
    }
}
