import LeewayCore
package import LeewayLearn

/// Fits the model to the training rows: `model.json`.
package struct Train: Stage {
    package static let name = "train"

    package struct Input: Sendable {
        package let features: EncodedFeatures
        package let labels: [Bool]
        /// How much each row counts; nil: all alike.
        package let weights: [Double]?
        package init(features: EncodedFeatures, labels: [Bool], weights: [Double]? = nil) {
            (self.features, self.labels, self.weights) = (features, labels, weights)
        }
    }

    package init() {}

    /// - Throws: `notConverged`, `unusableTarget`, `interrupted`.
    package func run(_ input: Input, in context: RunContext) async throws -> LogisticRegression.Model {
        let configuration = context.configuration.model
        let regression = configuration.estimator(threads: context.threads)
        let model = try regression.fit(input.features, labels: input.labels, rowWeights: input.weights)
        try context.write(model, as: "model.json")
        return model
    }
}

extension ModelConfiguration {
    /// What is fitted.
    func estimator(threads: Int) -> LogisticRegression {
        LogisticRegression(
            inverseRegularization: inverseRegularization, classWeight: classWeight == .balanced ? .balanced : .none,
            threads: threads)
    }
}
