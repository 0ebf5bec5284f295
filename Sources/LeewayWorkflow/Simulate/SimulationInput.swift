import LeewayCore
import LeewayEngine

/// The rows that a simulation starts from, as a query: its columns are named by place, so that no name meets one of ours.
struct SimulationInput: Sendable {
    struct Column: Sendable, Equatable {
        let name: String
        /// The engine's type; of a cell that is kept as its file writes it, VARCHAR.
        let type: String
    }

    let columns: [Column]
    /// Whether cells are kept as a CSV file writes them: `007` and `1.50` stay so.
    let keepsText: Bool
    /// How a cell's text is cleaned before it is looked at.
    let cleaning: FileOptions
    let sql: String

    /// The name of a column in the query.
    static func name(_ place: Int) -> String { "c\(place)" }

    /// Asks the engine what files hold.
    ///
    /// - Throws: `malformedSource`, `missingColumn`.
    static func open(
        _ files: [SourceFile], for format: FileOptions.Format, on engine: any Engine
    ) async throws -> SimulationInput {
        let keepsText = format == .csv && files.allSatisfy { $0.format == .csv }
        var scans: [FileScan] = []
        for file in files {
            // Cells that are kept say what is missing in their own way.
            let read = keepsText ? SourceFile(path: file.path, format: file.format, options: file.options.raw) : file
            var scan = try await FileScan.inspect(read, sample: keepsText ? .first : .all, engine: engine)
            if keepsText { for place in scan.columns.indices { scan.columns[place].type = "VARCHAR" } }
            scans.append(scan)
        }
        let names = try SourceTable.commonNames(scans)
        let selected = names.enumerated().map { "\($1.sqlName) AS \(name($0))" }.joined(separator: ", ")
        let sql = scans.map { "SELECT \(selected) FROM \($0.sql)" }.joined(separator: " UNION ALL ")
        let types = try await engine.texts("SELECT d.type FROM (DESCRIBE \(sql)) AS d(name, type, a, b, c, e)")
        var cleaning = FileOptions()
        cleaning.trim = files.contains(where: \.options.trim)
        if keepsText {
            for value in files.flatMap(\.options.nullValues) where !cleaning.nullValues.contains(value) {
                cleaning.nullValues.append(value)
            }
        }
        return SimulationInput(
            columns: zip(names, types).map { Column(name: $0, type: $1[0]) }, keepsText: keepsText, cleaning: cleaning,
            sql: sql)
    }

    /// A cell's text, cleaned; NULL where it is missing.
    func cleaned(_ cell: String) -> String { cleaning.missing(in: cleaning.text(of: cell)) }

    /// Whether a cell is missing.
    func isMissing(_ cell: String, of place: Int) -> String {
        columns[place].type == "VARCHAR" ? "\(cleaned(cell)) IS NULL" : "\(cell) IS NULL"
    }

    /// Whether a cell holds a value; `0` and `0.0` are the same number.
    func matches(_ cell: String, of place: Int, _ value: String) -> String {
        let type = columns[place].type
        guard type == "VARCHAR" else { return "coalesce(\(cell) = TRY_CAST(\(value.sqlLiteral) AS \(type)), false)" }
        let text = cleaned(cell)
        let isText = "\(text) = \(value.sqlLiteral)"
        guard keepsText, let number = Double(value), number.isFinite else { return "coalesce(\(isText), false)" }
        let isNumber = "TRY_CAST(\(text) AS DOUBLE) = \(engineLiteral(number))"
        return "coalesce(\(isText) OR \(isNumber), false)"
    }

    private func engineLiteral(_ number: Double) -> String { Dialect.duckDB.literal(number) }
}

extension FileOptions {
    /// These options without what means a missing value.
    fileprivate var raw: FileOptions {
        var options = self
        options.nullValues = []
        return options
    }
}
