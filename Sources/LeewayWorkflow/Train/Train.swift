import LeewayCore
package import LeewayLearn

/// Fits the model to the training rows: `model.json`.
package struct Train: Stage {
    package static let name = "train"

    package struct Input: Sendable {
        package let features: EncodedFeatures
        package let labels: [Bool]
        package init(features: EncodedFeatures, labels: [Bool]) { (self.features, self.labels) = (features, labels) }
    }

    package init() {}

    /// - Throws: `notConverged`, `unusableTarget`, `interrupted`.
    package func run(_ input: Input, in context: RunContext) async throws -> LogisticRegression.Model {
        let configuration = context.configuration.model
        let regression = LogisticRegression(
            inverseRegularization: configuration.inverseRegularization,
            classWeight: configuration.classWeight == .balanced ? .balanced : .none, threads: context.threads)
        let model = try regression.fit(input.features, labels: input.labels)
        try context.write(model, as: "model.json")
        return model
    }
}
