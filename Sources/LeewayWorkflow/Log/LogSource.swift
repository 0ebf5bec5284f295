import LeewayCore
import LeewayEngine
import LeewayStore

/// The files of a log as one table for SQL, whatever their state and format.
struct LogSource {
    private let parquet: [Segment]
    private let lines: [Segment]
    private let kind: LogKind
    private let dialect: Dialect

    /// Takes segments; those without a line are passed over.
    init(_ segments: [Segment], _ kind: LogKind, _ dialect: Dialect) {
        let filled = segments.filter { $0.bytes > 0 }
        parquet = filled.filter { $0.format == .parquet }
        lines = filled.filter { $0.format == .jsonLines }
        (self.kind, self.dialect) = (kind, dialect)
    }

    /// The log's columns but for the inputs, with nulls for a line that can't be read; nil where there is no file.
    var table: String? { table(withInputs: false) }

    /// All of the log's columns, the inputs as JSON, with nulls for a line that can't be read; nil where there is no file.
    var tableWithInputs: String? { table(withInputs: true) }

    private func table(withInputs: Bool) -> String? {
        let columns = kind.columns.filter { withInputs || $0.kind != .inputs }
        let names = columns.map { dialect.identifier($0.name) }
        var tables: [String] = []
        if !parquet.isEmpty {
            let outputs = zip(columns, names).map { $0.kind == .inputs ? "to_json(\($1)) AS \($1)" : $1 }
            // Files of an earlier Leeway may lack what is not required.
            let later = columns.filter { !$0.isRequired && $0.kind != .inputs }.map {
                "CAST(NULL AS \($0.kind.sql)) AS \(dialect.identifier($0.name))"
            }
            let none = later.isEmpty ? "" : "SELECT \(later.joined(separator: ", ")) WHERE false UNION ALL BY NAME "
            tables.append(
                """
                SELECT \(outputs.joined(separator: ", ")) FROM (\(none)SELECT * FROM read_parquet([\(files(parquet))], \
                union_by_name = true, hive_partitioning = false))
                """)
        }
        if !lines.isEmpty {
            let types = columns.map { column in
                "\(dialect.literal(column.name)): \(dialect.literal(column.kind == .inputs ? "JSON" : column.kind.sql))"
            }
            tables.append(
                """
                SELECT \(names.joined(separator: ", ")) FROM read_json([\(files(lines))], format = 'newline_delimited', \
                records = true, auto_detect = false, ignore_errors = true, hive_partitioning = false, \
                compression = 'uncompressed', maximum_object_size = \(64 << 20), columns = {\(types.joined(separator: ", "))})
                """)
        }
        return tables.isEmpty ? nil : "(\(tables.joined(separator: " UNION ALL ")))"
    }

    private func files(_ segments: [Segment]) -> String {
        segments.map { dialect.file($0.path) }.joined(separator: ", ")
    }
}
