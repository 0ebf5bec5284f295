import LeewayCore
import LeewayEngine
import LeewayStore

/// The answered rows of a model whose true labels came in, as SQL: the columns of a schema, then when they were answered.
struct LabelledLog {
    /// When a row was answered, in milliseconds since 1970.
    static let time = "leeway_time"
    /// The name of its prediction.
    static let id = "leeway_id"
    /// The column that has a value of another type than the schema's; null where none has.
    static let misfit = "leeway_misfit"

    /// Each row once, with the latest label; of labels that are none of the two classes none is there.
    let sql: String

    /// Takes the segments of a project's logs; nil where nothing was answered or no label came.
    ///
    /// - Throws: `fileNotAccessible`.
    init?(
        of model: String, schema: Schema, classes: TargetClasses, in project: Project, _ dialect: Dialect
    ) throws(LeewayError) {
        let predictions = try LogTidying.folder(.predictions, of: project).segments()
        let feedback = try LogTidying.folder(.feedback, of: project).segments()
        guard let answers = LogSource(predictions, .predictions, dialect).tableWithInputs,
            let labels = LogSource(feedback, .feedback, dialect).table
        else { return nil }
        let inputs = schema.columns.filter { $0.name != schema.target }
        func text(_ column: Schema.Column) -> String {
            "json_extract_string(p.inputs, \(LoggedRows.pointer(column.name).sqlLiteral))"
        }
        let columns = schema.columns.map { column in
            column.name == schema.target
                ? "f.label AS \(column.name.sqlName)"
                : "\(Self.value(text(column), column.type)) AS \(column.name.sqlName)"
        }
        let misfits = inputs.filter { $0.type != .text }.map { column in
            """
            WHEN \(text(column)) IS NOT NULL AND \(Self.value(text(column), column.type)) IS NULL \
            THEN \(column.name.sqlLiteral)
            """
        }
        let misfit = misfits.isEmpty ? "NULL" : "CASE \(misfits.joined(separator: " ")) END"
        sql = """
            SELECT \(columns.joined(separator: ", ")), epoch_ms(p.time) AS \(Self.time), p.id AS \(Self.id),
                CAST(\(misfit) AS VARCHAR) AS \(Self.misfit)
            FROM \(answers) AS p JOIN (
                SELECT prediction_id, arg_max(label, id) AS label FROM \(labels)
                WHERE id IS NOT NULL AND prediction_id IS NOT NULL AND label IS NOT NULL GROUP BY prediction_id
            ) AS f ON p.id = f.prediction_id
            WHERE p.model = \(model.sqlLiteral) AND p.inputs IS NOT NULL
                AND f.label IN (\(classes.positive.sqlLiteral), \(classes.negative.sqlLiteral))
            """
    }

    /// A text of the log as a value of a type; null where it is none.
    private static func value(_ text: String, _ type: ColumnType) -> String {
        switch type {
        case .text: text
        case .integer: "TRY_CAST(\(text) AS BIGINT)"
        case .number: "TRY_CAST(\(text) AS DOUBLE)"
        case .boolean: "TRY_CAST(\(text) AS BOOLEAN)"
        case .date: "TRY_CAST(\(text) AS DATE)"
        case .time: "TRY_CAST(\(text) AS TIME)"
        case .timestamp: "TRY_CAST(\(text) AS TIMESTAMP)"
        }
    }
}
