import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore

/// The logged rows of a version, with their inputs as columns, whichever format their segments have.
struct LoggedRows {
    private let version: ModelVersion
    private let table: String

    /// Takes the segments of a project's prediction log; nil where nothing is logged.
    ///
    /// - Throws: `fileNotAccessible`.
    init?(of version: ModelVersion, in project: Project, since: Timestamp?, _ dialect: Dialect) throws(LeewayError) {
        let segments = try LogTidying.folder(.predictions, of: project).segments()
            .filter { segment in since.map { segment.date >= $0.description.prefix(10) } ?? true }
        guard let table = LogSource(segments, .predictions, dialect).tableWithInputs else { return nil }
        (self.version, self.table) = (version, table)
    }

    /// The version's rows for which a condition holds, as columns of numbers and texts, then the probability and what else is asked for.
    func query(_ columns: [ComparedColumn], extra: [String] = [], where condition: String, order: String? = nil)
        -> String
    {
        let inputs = columns.map { column in
            let text = "json_extract_string(inputs, \(Self.pointer(column.name).sqlLiteral))"
            let value = column.kind == .number ? "TRY_CAST(\(text) AS DOUBLE)" : text
            return "\(value) AS \(column.name.sqlName)"
        }
        let outputs = (inputs + extra).joined(separator: ", ")
        return """
            SELECT \(outputs) FROM \(table)
            WHERE model = \(version.model.sqlLiteral) AND version = \(version.number) AND id IS NOT NULL AND \(condition)
            \(order.map { "ORDER BY \($0)" } ?? "")
            """
    }

    /// Where a member is in a JSON object.
    static func pointer(_ name: String) -> String {
        "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
