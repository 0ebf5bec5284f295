import LeewayCore
import LeewayLearn

/// What made the model, without a time or a name of its own, so that equal runs give equal bytes: `training_metadata.json`.
struct TrainingMetadata: Sendable, Encodable {
    struct SplitSummary: Sendable, Encodable {
        /// `hash` or `file`.
        let method: String
        let trainRows: Int
        let testRows: Int
        let trainPositives: Int
        let testPositives: Int
        /// The rows without a target.
        let unlabelledRows: Int

        enum CodingKeys: String, CodingKey {
            case method
            case trainRows = "train_rows"
            case testRows = "test_rows"
            case trainPositives = "train_positives"
            case testPositives = "test_positives"
            case unlabelledRows = "unlabelled_rows"
        }
    }

    let leewayVersion: String
    let dataFingerprint: String
    let configuration: ProjectConfiguration
    let classes: TargetClasses
    let split: SplitSummary
    let convergence: LogisticRegression.Model.Convergence

    enum CodingKeys: String, CodingKey {
        case leewayVersion = "leeway_version"
        case dataFingerprint = "data_fingerprint"
        case configuration
        case classes
        case split
        case convergence
    }
}
