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

    /// By how much a policy is worse than the best one on the same rows: above 0 it is worse, in losses too.
    package struct Difference: Sendable, Encodable {
        /// A difference and where it lies with a confidence of 95 %, were the rows independent.
        package struct Interval: Sendable, Encodable {
            package let value: Double
            package let lower: Double
            package let upper: Double
        }

        package let policy: String
        /// The policy with the largest AUC.
        package let than: String
        /// By DeLong's covariance; nil where there are too few rows of either class.
        package let rocAUC: Interval?
        /// By Student's t.
        package let logLoss: Interval?

        enum CodingKeys: String, CodingKey {
            case policy
            case than
            case rocAUC = "roc_auc"
            case logLoss = "log_loss"
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
    /// Of all but the best, in their order.
    package let behind: [Difference]

    enum CodingKeys: String, CodingKey {
        case rows
        case warmUpRows = "warm_up_rows"
        case from
        case to
        case step
        case labelDelay = "label_delay"
        case policies
        case behind
    }
}
