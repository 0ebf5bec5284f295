import LeewayCore
import LeewayEngine

/// The columns that a file turned out to have, and the SQL that reads them.
struct FileScan: Sendable {
    /// A column as the engine calls it and types it.
    struct Column: Sendable, Equatable {
        let name: String
        var type: String
    }

    let file: SourceFile
    /// The columns in the file's order.
    var columns: [Column]
    /// The delimiter, found or given; a Parquet file has none.
    let delimiter: String?
    /// How days and moments are written, where the file has a way of its own, as arguments of the reader.
    var formats: [String] = []

    /// How many rows tell the types of a CSV file's columns, at first and where that was not enough.
    enum Sample: Int, Sendable {
        case first = 4096
        case all = -1
    }

    /// Asks the engine what a file's columns are.
    ///
    /// - Throws: what the engine says of the file; `malformedSource` where names are given and do not fit.
    static func inspect(_ file: SourceFile, sample: Sample, engine: any Engine) async throws -> FileScan {
        switch file.format {
        case .parquet:
            let rows = try await engine.texts(
                """
                SELECT d.name, d.type
                FROM (DESCRIBE SELECT * FROM read_parquet(\(file.path.sqlLiteral), hive_partitioning = false)) AS d(name, type, a, b, c, d)
                """)
            return FileScan(file: file, columns: rows.map { Column(name: $0[0], type: $0[1]) }, delimiter: nil)
        case .csv:
            // What a file's dialect is shows in its first rows; the types of its columns may not.
            var arguments = csvArguments(file.options)
            if let names = file.options.names {
                arguments.append("names = [\(names.map(\.sqlLiteral).joined(separator: ", "))]")
            }
            if let delimiter = file.options.delimiter { arguments.append("delim = \(delimiter.sqlLiteral)") }
            // A row of another length says nothing of the dialect; the reader, which is strict, names its line.
            arguments += ["sample_size = \(sample.rawValue)", "ignore_errors = true"]
            let rows = try await engine.texts(
                """
                SELECT s.Delimiter, c.name, c.type, s.DateFormat, s.TimestampFormat
                FROM sniff_csv(\(file.path.sqlLiteral), \(arguments.joined(separator: ", "))) AS s, unnest(s.Columns) AS u(c)
                """)
            let columns = rows.map { Column(name: $0[1], type: $0[2]) }
            let formats = zip(["dateformat", "timestampformat"], rows.first?.suffix(2) ?? [])
                .filter { !$0.1.isEmpty }.map { "\($0) = \($1.sqlLiteral)" }
            return FileScan(
                file: file, columns: columns, delimiter: file.options.delimiter ?? rows.first?[0], formats: formats)
        }
    }

    /// The columns as a table expression.
    var sql: String {
        guard let delimiter else { return "read_parquet(\(file.path.sqlLiteral), hive_partitioning = false)" }
        let types = columns.map { "\($0.name.sqlLiteral): \($0.type.sqlLiteral)" }.joined(separator: ", ")
        let arguments =
            Self.csvArguments(file.options) + [
                "delim = \(delimiter.sqlLiteral)", "columns = {\(types)}", "auto_detect = false",
            ] + formats
        return "read_csv(\(file.path.sqlLiteral), \(arguments.joined(separator: ", ")))"
    }

    private static func csvArguments(_ options: FileOptions) -> [String] {
        var arguments = [
            "quote = \(options.quote.sqlLiteral)", "escape = \(options.quote.sqlLiteral)",
            "header = \(options.header ?? (options.names == nil))", "skip = \(options.skipLines)",
        ]
        // A marker may stand behind a space, where spaces are trimmed: the reader compares before they are.
        let markers = options.trim ? options.nullValues.flatMap { [$0, " " + $0] } : options.nullValues
        arguments.append("nullstr = [\(([""] + markers).map(\.sqlLiteral).joined(separator: ", "))]")
        return arguments
    }
}

extension String {
    /// This text as a text of SQL.
    var sqlLiteral: String { Dialect.duckDB.literal(self) }

    /// This name as a name of SQL.
    var sqlName: String { Dialect.duckDB.identifier(self) }
}
