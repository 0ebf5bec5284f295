/// What every line of a log has, or may have, beside the inputs of a prediction.
struct LogColumn: Sendable {
    /// What its values are.
    enum Kind: Sendable {
        case id
        case time
        case text
        case integer
        case longInteger
        case number
        /// An object with a member for each field of a model.
        case inputs

        /// The type in SQL; that of the inputs depends on the models.
        var sql: String {
            switch self {
            case .id, .text, .inputs: "VARCHAR"
            case .time: "TIMESTAMP"
            case .integer: "INTEGER"
            case .longInteger: "BIGINT"
            case .number: "DOUBLE"
            }
        }
    }

    let name: String
    let kind: Kind
    var isRequired = true
}

/// The two logs of a project.
package enum LogKind: String, Sendable, Encodable, CaseIterable {
    case predictions
    case feedback

    /// The columns in the order of the Parquet files.
    var columns: [LogColumn] {
        switch self {
        case .predictions:
            [
                LogColumn(name: "id", kind: .id), LogColumn(name: "time", kind: .time),
                LogColumn(name: "model", kind: .text), LogColumn(name: "version", kind: .integer),
                LogColumn(name: "probability", kind: .number), LogColumn(name: "label", kind: .text),
                LogColumn(name: "shadow_version", kind: .integer, isRequired: false),
                LogColumn(name: "shadow_probability", kind: .number, isRequired: false),
                LogColumn(name: "latency_us", kind: .longInteger, isRequired: false),
                LogColumn(name: "request_id", kind: .text, isRequired: false),
                LogColumn(name: "trace_id", kind: .text, isRequired: false),
                LogColumn(name: "inputs", kind: .inputs, isRequired: false),
            ]
        case .feedback:
            [
                LogColumn(name: "id", kind: .id), LogColumn(name: "time", kind: .time),
                LogColumn(name: "prediction_id", kind: .id), LogColumn(name: "label", kind: .text),
            ]
        }
    }
}
