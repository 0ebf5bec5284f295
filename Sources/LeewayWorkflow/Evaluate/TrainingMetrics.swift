package import LeewayLearn

/// How good the model is: the contents of `training_metrics.json`.
package struct TrainingMetrics: Sendable, Codable, Equatable {
    /// The classifier that gives every row the training share of the positive class.
    package struct Dummy: Sendable, Codable, Equatable {
        package let test: BinaryMetrics
        package let train: BinaryMetrics
    }

    /// On rows that the model has not seen.
    package let test: BinaryEvaluation
    /// On the rows that it was fitted on.
    package let train: BinaryEvaluation
    package let dummy: Dummy
}
