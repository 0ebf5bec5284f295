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
            throw Self.refusal(validation, at: folder)
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
        guard let registry = try await registry else { preconditionFailure("Only a dry run has no registry.") }
        let made = try await TrainingStages().run(
            .init(
                runID: id, startedAt: startedAt, data: data, split: split, registry: registry,
                environment: environment), &clock, context)
        return TrainingOutcome(
            runID: id, startedAt: startedAt, profile: data.profile, validation: validation, split: split,
            folder: folder?.finalPath, selection: .init(made.features.metadata),
            trained: .init(
                model: made.model, metrics: made.metrics, version: made.version,
                featureCount: made.features.metadata.finalFeatures))
    }

    static func refusal(_ validation: Validate.Output, at folder: RunFolder?) -> LeewayError {
        let errors = validation.report.errors
        let first = errors.first?.text
        return LeewayError(
            .validationFailed,
            "Validation refused the data: \(first ?? "")"
                + (errors.count > 1 ? " And \(counted(errors.count - 1, "error")) more." : ""),
            hint: folder.map { "All checks: \($0.finalPath)/validation_report.json. No version was made." }
                ?? "No version was made.")
    }
}
