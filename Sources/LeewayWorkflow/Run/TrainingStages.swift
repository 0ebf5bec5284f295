import LeewayCore
import LeewayEngine
import LeewayLearn
import LeewayStore
import LeewayValidate

/// From split rows to a registered version: what a first training and every later one do alike.
struct TrainingStages {
    struct Input {
        let runID: RunID
        let startedAt: Timestamp
        let data: IngestedData
        let split: Split.Output
        /// How much each row of the data counts; nil: all alike.
        var weights: [Double]?
        /// The retraining that the version comes of.
        var retraining: Int?
        let registry: Registry
        let environment: Environment
    }

    struct Output {
        let features: FitFeatures.Output
        let model: LogisticRegression.Model
        let metrics: TrainingMetrics
        let version: ModelVersion
    }

    /// Runs the stages; the folder of the context is sealed then.
    ///
    /// - Throws: what a stage throws.
    func run(_ input: Input, _ clock: inout StageClock, _ context: RunContext) async throws -> Output {
        let (data, split) = (input.data, input.split)
        // The engine writes the reference while the model is fitted.
        async let reference: Void = StoreReference().run(
            .init(data: data, trainRows: split.trainRows, testRows: split.testRows), in: context)
        let features = try await clock.time(FitFeatures(), .init(data: data, split: split), context) { output in
            "\(counted(output.metadata.sourceFeatures, "column")) become \(counted(output.metadata.finalFeatures, "feature"))"
        }
        let labels = (train: split.trainRows.map { split.labels[$0] }, test: split.testRows.map { split.labels[$0] })
        let weights = input.weights.map { weights in split.trainRows.map { weights[$0] } }
        let model = try await clock.time(
            Train(), .init(features: features.train, labels: labels.train, weights: weights), context
        ) {
            "logistic regression, \(counted($0.convergence.iterations, "iteration")) to a relative gradient of \($0.convergence.relativeGradient.scientific)"
        }
        let metrics = try await clock.time(
            Evaluate(), .init(model: model, features: features, trainLabels: labels.train, testLabels: labels.test),
            context
        ) { "on \(counted($0.test.metrics.rowCount, "test row"))" }
        _ = try await clock.time(
            StorePerformance(),
            .init(model: model, features: features.test, labels: labels.test, classes: split.classes), context
        ) { "\(counted($0.importance.columns.count, "column")) weighed, \($0.calibration)" }
        try context.write(
            metadata(data, split, labels.train, labels.test, model, context.configuration), as: "training_metadata.json"
        )
        try await reference
        try Task.checkCancellation()
        let environment = input.environment
        let version = try await clock.time(
            Register(),
            .init(
                runID: input.runID, startedAt: input.startedAt, now: environment.now, stages: clock.timings,
                registry: input.registry, actor: environment.actor, retraining: input.retraining), context
        ) { "\($0.model) version \($0.number)" + ($0.aliases.isEmpty ? "" : ", \($0.aliases.joined(separator: ", "))") }
        return Output(features: features, model: model, metrics: metrics, version: version)
    }

    private func metadata(
        _ data: IngestedData, _ split: Split.Output, _ train: [Bool], _ test: [Bool], _ model: LogisticRegression.Model,
        _ configuration: ProjectConfiguration
    ) -> TrainingMetadata {
        TrainingMetadata(
            leewayVersion: LeewayVersion.current, dataFingerprint: data.profile.fingerprint,
            configuration: configuration, classes: split.classes,
            split: .init(
                method: configuration.split.testRows == nil ? "hash" : "file", trainRows: train.count,
                testRows: test.count, trainPositives: train.count { $0 }, testPositives: test.count { $0 },
                unlabelledRows: data.profile.rowCount - train.count - test.count),
            convergence: model.convergence)
    }
}
