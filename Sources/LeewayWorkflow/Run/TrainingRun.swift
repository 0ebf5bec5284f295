import LeewayCore
package import LeewayEngine
import LeewayLearn
import LeewayStore
import LeewayValidate

/// From a source to a registered version: runs the stages in order, and leaves either a whole version or none.
package struct TrainingRun: Sendable {
    private let configuration: ProjectConfiguration
    private let project: Project
    private let environment: Environment
    private let observer: any RunObserver
    private let threads: Int
    private let isDryRun: Bool

    /// Takes what to do; a dry run reads, checks and splits, but fits nothing and writes nothing.
    package init(
        _ configuration: ProjectConfiguration, in project: Project, threads: Int, isDryRun: Bool,
        environment: Environment, observer: any RunObserver
    ) {
        self.configuration = configuration
        self.project = project
        self.threads = threads
        self.isDryRun = isDryRun
        self.environment = environment
        self.observer = observer
    }

    /// Runs the stages.
    ///
    /// - Throws: what a stage throws; `validationFailed` where a check of severity `error` failed: then the reports stay
    ///   in a folder of `runs`, and no version is made.
    package func run(on engine: any Engine) async throws -> TrainingOutcome {
        let startedAt = environment.now()
        let id = RunID(startedAt, random: (environment.random(), environment.random()))
        let folder = isDryRun ? nil : try RunFolder(in: project.runs, id: id)
        do {
            return try await run(id, startedAt, folder, engine)
        } catch {
            folder?.discard()
            throw error
        }
    }

    private func run(
        _ id: RunID, _ startedAt: Timestamp, _ folder: RunFolder?, _ engine: any Engine
    ) async throws -> TrainingOutcome {
        let context = RunContext(
            configuration: configuration, project: project, engine: engine, folder: folder, threads: threads)
        // Opened while the rows are read: a registry that can't be opened stops the run early, and costs no time.
        let path = project.registry
        async let registry = isDryRun ? nil : Registry(path: path)
        var clock = StageClock(seconds: environment.seconds, observer: observer)

        let data = try await clock.time(Ingest(), configuration.source, context) { data in
            "\(counted(data.profile.rowCount, "row")) × \(counted(data.profile.columnCount, "column")) from \(counted(data.files.count, "file"))"
        }
        _ = try await registry
        let validation = try await clock.time(Validate(), data, context) { output in
            let (errors, warnings) = (output.report.errors.count, output.report.warnings.count)
            return "\(counted(output.report.checks.count, "check")): "
                + (errors == 0 ? "passed" : "\(counted(errors, "error"))")
                + (warnings == 0 ? "" : ", \(counted(warnings, "warning"))")
        }
        for warning in validation.report.warnings { observer.warn(warning.text) }
        guard validation.report.passed else {
            try folder?.seal()
            throw refusal(validation, at: folder)
        }
        let split = try await clock.time(Split(), data, context) { split in
            "\(split.trainRows.count.grouped) train, \(split.testRows.count.grouped) test, by "
                + (configuration.split.testRows == nil ? "content" : "file")
        }
        guard !isDryRun else {
            let selection = try FeatureSelection(
                of: data, target: configuration.target.column, configuration.features)
            return TrainingOutcome(
                runID: id, startedAt: startedAt, profile: data.profile, validation: validation, split: split,
                folder: nil,
                selection: .init(selection), trained: nil)
        }
        // The engine writes the reference while the model is fitted.
        async let reference: Void = StoreReference().run(.init(data: data, trainRows: split.trainRows), in: context)
        let features = try await clock.time(FitFeatures(), .init(data: data, split: split), context) { output in
            "\(counted(output.metadata.sourceFeatures, "column")) become \(counted(output.metadata.finalFeatures, "feature"))"
        }
        let labels = (train: split.trainRows.map { split.labels[$0] }, test: split.testRows.map { split.labels[$0] })
        let model = try await clock.time(Train(), .init(features: features.train, labels: labels.train), context) {
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
            metadata(data, split, labels.train, labels.test, model), as: "training_metadata.json")
        try await reference
        try Task.checkCancellation()
        guard let registry = try await registry else { preconditionFailure("Only a dry run has no registry.") }
        let version = try await clock.time(
            Register(),
            .init(
                runID: id, startedAt: startedAt, now: environment.now, stages: clock.timings,
                registry: registry, actor: environment.actor), context
        ) { "\($0.model) version \($0.number)" + ($0.aliases.isEmpty ? "" : ", \($0.aliases.joined(separator: ", "))") }
        return TrainingOutcome(
            runID: id, startedAt: startedAt, profile: data.profile, validation: validation, split: split,
            folder: folder?.finalPath, selection: .init(features.metadata),
            trained: .init(
                model: model, metrics: metrics, version: version, featureCount: features.metadata.finalFeatures))
    }

    private func refusal(_ validation: Validate.Output, at folder: RunFolder?) -> LeewayError {
        let errors = validation.report.errors
        let first = errors.first?.text
        return LeewayError(
            .validationFailed,
            "Validation refused the data: \(first ?? "")"
                + (errors.count > 1 ? " And \(counted(errors.count - 1, "error")) more." : ""),
            hint: folder.map { "All checks: \($0.finalPath)/validation_report.json. No version was made." }
                ?? "No version was made.")
    }

    private func metadata(
        _ data: IngestedData, _ split: Split.Output, _ train: [Bool], _ test: [Bool], _ model: LogisticRegression.Model
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
