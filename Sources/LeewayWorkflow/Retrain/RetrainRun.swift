package import LeewayCore
package import LeewayEngine
package import LeewayMonitor
package import LeewayStore
import LeewayValidate

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Trains a challenger, proves it, and puts it where the configuration says.
///
/// Its row in the registry says at every moment how far it is: killed half-way, it is begun anew or discarded by the next one.
package struct RetrainRun: Sendable {
    /// Why it was begun.
    package struct Cause: Sendable {
        package let trigger: RetrainTrigger
        package let reason: String
        /// Whether it trains though there is nothing new to learn from.
        package let isForced: Bool
        /// The decision that it follows, which is kept together with its beginning.
        package let decision: DecisionToKeep?

        package init(
            _ trigger: RetrainTrigger, reason: String, isForced: Bool = false, decision: DecisionToKeep? = nil
        ) {
            (self.trigger, self.reason, self.isForced, self.decision) = (trigger, reason, isForced, decision)
        }
    }

    private let configuration: ProjectConfiguration
    private let project: Project
    private let registry: Registry
    private let environment: Environment
    private let observer: any RunObserver
    private let threads: Int
    private let sandbox: any Sandbox

    package init(
        _ configuration: ProjectConfiguration, in project: Project, _ registry: Registry, threads: Int,
        sandbox: any Sandbox, environment: Environment, observer: any RunObserver
    ) {
        (self.configuration, self.project, self.registry) = (configuration, project, registry)
        (self.threads, self.sandbox, self.environment, self.observer) = (threads, sandbox, environment, observer)
    }

    /// Retrains a champion.
    ///
    /// - Throws: what a stage throws; `nothingNew`, `sourceChanged`, `validationFailed`: then the retraining has failed, the
    ///   registry says why, and the champion is as it was.
    package func run(
        _ champion: ModelVersion, because cause: Cause, engine: any Engine
    ) async throws -> RetrainOutcome {
        let startedAt = environment.now()
        let id = RunID(startedAt, random: (environment.random(), environment.random()))
        let number = try registry.beginRetraining(
            of: champion, runID: id.description, cause: cause.trigger.rawValue, reason: cause.reason,
            actor: environment.actor, at: startedAt, following: cause.decision)
        var document = RetrainingDocument()
        do {
            return try await run(champion, cause, number, id, startedAt, &document, engine)
        } catch {
            let failure =
                error as? LeewayError
                ?? LeewayError(error is CancellationError ? .interrupted : .engineFailed, "\(error)")
            document.failure = .init(failure)
            let state: Retraining.State = failure.code == .interrupted ? .abandoned : .failed
            try registry.end(
                .init(number, state, document: try ArtifactCoding.encode(document)), actor: environment.actor,
                reason: failure.message, at: environment.now())
            throw failure
        }
    }

    private func run(
        _ version: ModelVersion, _ cause: Cause, _ number: Int, _ id: RunID, _ startedAt: Timestamp,
        _ document: inout RetrainingDocument, _ engine: any Engine
    ) async throws -> RetrainOutcome {
        let champion = try ModelBundle.load(version, in: project)
        var configuration = configuration
        // A row keeps its side, whatever the file says by now.
        champion.metadata.configuration.keepSplit(of: &configuration)
        let folder = try RunFolder(in: project.runs, id: id)
        let made: (version: ModelVersion, data: RetrainingData, split: Split.Output, heldOut: HeldOutRows?)
        do {
            let context = RunContext(
                configuration: configuration, project: project, engine: engine, folder: folder, threads: threads)
            made = try await train(champion, cause, number, id, startedAt, &document, context)
        } catch {
            folder.discard()
            throw error
        }
        guard configuration.retraining.policy == .gated else {
            return try finish(version, made.version, number, document, made.data.report)
        }
        observer.began("gate")
        let start = environment.seconds()
        let gate = try await ChallengerTest(
            configuration: configuration, project: project, sandbox: sandbox, engine: engine
        ).run(
            champion: champion, challenger: made.version, made.data, made.split, heldOut: made.heldOut)
        let failed = gate.failures.map(\.name.rawValue)
        observer.ended(
            "gate", failed.isEmpty ? "passed" : "refused: \(failed.joined(separator: ", "))",
            seconds: environment.seconds() - start)
        document.gate = gate
        return try finish(version, made.version, number, document, made.data.report)
    }

    // MARK: Training

    private func train(
        _ champion: ModelBundle, _ cause: Cause, _ number: Int, _ id: RunID, _ startedAt: Timestamp,
        _ document: inout RetrainingDocument, _ context: RunContext
    ) async throws -> (ModelVersion, RetrainingData, Split.Output, HeldOutRows?) {
        var clock = StageClock(seconds: environment.seconds, observer: observer)
        let heldOut = try await HeldOutRows.read(of: champion, in: project, context.engine)
        let retraining = try await clock.time(
            IngestAnew(champion: champion, now: startedAt, sourceTime: try firstTraining(of: champion.version)), (),
            context
        ) { "\(counted($0.report.rows, "row")), \($0.report.rowsOfLog.grouped) of them logged with a label" }
        document.data = retraining.report
        let isNew = retraining.report.fingerprint != champion.metadata.dataFingerprint
        guard isNew || cause.isForced || context.configuration.retraining.policy == .classic else {
            throw LeewayError(
                .nothingNew,
                "There is nothing new to learn from: the rows are those that version \(champion.version.number) was trained on.",
                hint: "Send labels to /v1/feedback, or renew the source.")
        }
        let data = retraining.data
        let validation = try await clock.time(Validate(admittingAlso: champion.schema), data, context) { output in
            "\(counted(output.report.checks.count, "check")): "
                + (output.report.passed ? "passed" : counted(output.report.errors.count, "error"))
        }
        for warning in validation.report.warnings { observer.warn(warning.text) }
        guard validation.report.passed else { throw TrainingRun.refusal(validation, at: nil) }
        let split = try await clock.time(
            Split(oldTestRows: Set(heldOut?.hashes ?? []), firstUnnumbered: retraining.logStart), data, context
        ) { "\($0.trainRows.count.grouped) train, \($0.testRows.count.grouped) test" }
        try checkClasses(split.classes, champion)
        let made = try await TrainingStages().run(
            .init(
                runID: id, startedAt: startedAt, data: data, split: split, weights: weights(retraining, startedAt),
                retraining: number, registry: registry, environment: environment), &clock, context)
        return (made.version, retraining, split, heldOut)
    }

    /// When the model's first version was trained: the age of rows of which nothing else is known.
    private func firstTraining(of version: ModelVersion) throws(LeewayError) -> Timestamp {
        let first = try registry.versions(of: version.model).last
        return first.flatMap { Timestamp($0.createdAt) } ?? environment.now()
    }

    private func checkClasses(_ classes: TargetClasses, _ champion: ModelBundle) throws(LeewayError) {
        let own = champion.metadata.classes
        guard classes.positive == own.positive, classes.negative == own.negative else {
            throw LeewayError(
                .sourceChanged, "The target has other classes than those that the champion was trained on.",
                hint: "Look at the source. If the change is meant to be, train with 'leeway run' and promote by hand.")
        }
    }

    /// How much each row counts by its age; nil: all alike.
    private func weights(_ retraining: RetrainingData, _ now: Timestamp) -> [Double]? {
        guard case .halfLife(let length) = configuration.retraining.history else { return nil }
        let unit = Double(length.wholeMilliseconds)
        return retraining.times.map { time in
            let age = Double(now.milliseconds) - Double(time ?? now.milliseconds)
            return exp2(-max(0, age) / unit)
        }
    }

    // MARK: The end

    /// Puts the challenger where it belongs, in one transaction with the end of the retraining.
    private func finish(
        _ champion: ModelVersion, _ challenger: ModelVersion, _ number: Int, _ known: RetrainingDocument,
        _ data: RetrainingDataReport
    ) throws(LeewayError) -> RetrainOutcome {
        let settings = configuration.retraining
        var document = known
        let (state, reason) = Self.next(document.gate, settings)
        if state == .shadow || state == .canary {
            document.trial = .init(
                share: state == .canary ? settings.trial.share : 0, level: settings.trial.level)
        }
        let end = RetrainingEnd(number, state, document: try ArtifactCoding.encode(document))
        let (now, actor) = (environment.now(), environment.actor)
        switch state {
        case .probation, .promoted:
            _ = try registry.moveAlias(
                Registry.champion, of: champion.model, to: challenger.number, actor: actor,
                reason: "retraining \(number): \(reason)", at: now, ending: end)
        case .awaiting, .shadow, .canary:
            // One challenger at a time: this one takes the place of one that was not decided on.
            for open in try registry.retrainings(model: champion.model)
            where open.id != number && [.awaiting, .shadow, .canary].contains(open.state) {
                try registry.end(
                    .init(open.id, .withdrawn), actor: actor,
                    reason: "version \(challenger.number) takes its place", at: now)
            }
            _ = try registry.moveAlias(
                Registry.challenger, of: champion.model, to: challenger.number, actor: actor,
                reason: "retraining \(number): \(reason)", at: now, ending: end)
        default: try registry.end(end, actor: actor, reason: reason, at: now)
        }
        let versions = try registry.versions(of: champion.model)
        return RetrainOutcome(
            id: number, champion: champion,
            challenger: versions.first { $0.number == challenger.number } ?? challenger, state: state, data: data,
            gate: document.gate, reason: reason)
    }

    private static func next(
        _ gate: GateReport?, _ settings: RetrainingConfiguration
    ) -> (Retraining.State, String) {
        guard let gate else { return (.promoted, "it replaces the champion without a gate (policy: classic)") }
        guard gate.isPassed else {
            return (.refused, gate.failures.map(\.reason).joined(separator: " "))
        }
        let shown = gate.criteria.first { $0.name == .window }?.reason ?? ""
        switch settings.promotion {
        case .auto: return (settings.probation.length > .zero ? .probation : .promoted, shown)
        case .shadow: return (.shadow, "it passed the gate and scores beside the champion. \(shown)")
        case .canary: return (.canary, "it passed the gate and answers a share of the requests. \(shown)")
        case .manual: return (.awaiting, "it passed the gate and waits for 'leeway models promote'. \(shown)")
        }
    }
}
