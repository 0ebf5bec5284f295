import LeewayCore
package import LeewayLearn
package import LeewayMonitor

/// Measures on the test rows what later windows are judged by: `feature_importance.json`, `performance_reference.json`.
package struct StorePerformance: Stage {
    package static let name = "performance"
    /// How much of the model's quality each column carries.
    package static let importanceFile = "feature_importance.json"
    /// How the model performed, and how its scores are calibrated.
    package static let referenceFile = "performance_reference.json"

    package struct Input: Sendable {
        package let model: LogisticRegression.Model
        package let features: EncodedFeatures
        package let labels: [Bool]
        package let classes: TargetClasses
        package init(
            model: LogisticRegression.Model, features: EncodedFeatures, labels: [Bool], classes: TargetClasses
        ) {
            (self.model, self.features) = (model, features)
            (self.labels, self.classes) = (labels, classes)
        }
    }

    package struct Output: Sendable {
        package let importance: PermutationImportance
        package let reference: PerformanceReference

        /// How the scores are calibrated, in words.
        package var calibration: String {
            switch reference.calibrator.method {
            case .identity: "scores are calibrated"
            case .platt, .beta: "scores calibrated by a sigmoid"
            case .isotonic: "scores calibrated by isotonic regression"
            }
        }
    }

    package init() {}

    /// - Throws: `malformedDataset`, `noUsableValues`.
    package func run(_ input: Input, in context: RunContext) async throws -> Output {
        let configuration = context.configuration
        let importance = try PermutationImportance(
            of: input.model, on: input.features, labels: input.labels, seed: UInt64(configuration.seed),
            threads: context.threads)
        try context.write(importance, as: Self.importanceFile)
        let reference = try PerformanceReference(
            labels: input.labels, scores: try input.model.predictProbabilities(input.features),
            threshold: configuration.model.threshold,
            classes: (negative: input.classes.negative, positive: input.classes.positive))
        try context.write(reference, as: Self.referenceFile)
        return Output(importance: importance, reference: reference)
    }
}
