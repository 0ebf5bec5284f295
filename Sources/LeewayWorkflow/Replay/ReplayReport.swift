/// What a replay found.
package struct ReplayReport: Sendable, Encodable {
    /// How one policy fared.
    package struct Policy: Sendable, Encodable {
        package struct Month: Sendable, Encodable {
            /// `2013-02`.
            package let month: String
            package let rows: Int
            package let rocAUC: Double?
            package let logLoss: Double

            enum CodingKeys: String, CodingKey {
                case month
                case rows
                case rocAUC = "roc_auc"
                case logLoss = "log_loss"
            }
        }

        package struct Event: Sendable, Encodable {
            package let time: String
            /// `promoted`, `refused`, `failed`.
            package let kind: String
            package let reason: String
        }

        package let name: String
        package let rows: Int
        package let rocAUC: Double?
        package let logLoss: Double
        package let accuracy: Double
        /// How often it trained again.
        package let retrainings: Int
        /// How often the new version took the place of the old one.
        package let promotions: Int
        /// Of training, monitoring and the gate together.
        package let cpuSeconds: Double
        package let months: [Month]
        package let events: [Event]

        enum CodingKeys: String, CodingKey {
            case name
            case rows
            case rocAUC = "roc_auc"
            case logLoss = "log_loss"
            case accuracy
            case retrainings
            case promotions
            case cpuSeconds = "cpu_seconds"
            case months
            case events
        }
    }

    package let rows: Int
    /// The rows that the first version was trained on.
    package let warmUpRows: Int
    package let from: String
    package let to: String
    package let step: String
    package let labelDelay: String
    package let policies: [Policy]

    enum CodingKeys: String, CodingKey {
        case rows
        case warmUpRows = "warm_up_rows"
        case from
        case to
        case step
        case labelDelay = "label_delay"
        case policies
    }
}
