import LeewayCore
package import LeewayLearn

/// Measures the model on both sides of the split, with a classifier that knows nothing beside it: `training_metrics.json`.
package struct Evaluate: Stage {
    package static let name = "evaluate"

    package struct Input: Sendable {
        package let model: LogisticRegression.Model
        package let features: FitFeatures.Output
        package let trainLabels: [Bool]
        package let testLabels: [Bool]
        package init(
            model: LogisticRegression.Model, features: FitFeatures.Output, trainLabels: [Bool], testLabels: [Bool]
        ) {
            (self.model, self.features) = (model, features)
            (self.trainLabels, self.testLabels) = (trainLabels, testLabels)
        }
    }

    package init() {}

    /// - Throws: `malformedDataset`.
    package func run(_ input: Input, in context: RunContext) async throws -> TrainingMetrics {
        let configuration = context.configuration
        let threshold = configuration.model.threshold
        let replicates = configuration.evaluation.bootstrap
        let plan = BootstrapPlan(
            replicates: replicates, seed: UInt64(configuration.seed), threads: context.threads)
        let test = try BinaryEvaluation.evaluate(
            labels: input.testLabels, probabilities: try input.model.predictProbabilities(input.features.test),
            threshold: threshold, bootstrap: replicates > 0 ? plan : nil)
        // No intervals for the rows that were fitted: they would tell how sure one may be of a flattering number.
        let train = try BinaryEvaluation.evaluate(
            labels: input.trainLabels, probabilities: try input.model.predictProbabilities(input.features.train),
            threshold: threshold)
        let dummy = try DummyClassifier(labels: input.trainLabels)
        let metrics = TrainingMetrics(
            test: test, train: train,
            dummy: .init(
                test: try dummy.evaluate(labels: input.testLabels), train: try dummy.evaluate(labels: input.trainLabels)
            ))
        try context.write(metrics, as: "training_metrics.json")
        return metrics
    }
}
