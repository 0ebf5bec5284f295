package import LeewayCore
package import LeewayEngine
import LeewayLearn
package import LeewayMonitor
package import LeewayStore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One step of the loop: clears up after a process that was killed, tells the policy what the monitor found, and retrains where
/// the policy says so.
///
/// Nothing but the registry tells where the loop is, so any process may take the next step, at any time.
package struct RetrainStep: Sendable {
    /// What a step came to.
    package struct Outcome: Sendable {
        package let model: String
        package var decision: RetrainDecision
        /// What the retraining came to; nil where there was none, or where it failed.
        package var retraining: RetrainOutcome?
        /// Why it failed.
        package var failure: LeewayError?
        /// What was done about retrainings that are not over, a sentence each.
        package var notes: [String] = []
    }

    private let configuration: ProjectConfiguration
    private let project: Project
    private let registry: Registry
    private let environment: Environment
    private let run: RetrainRun

    package init(
        _ configuration: ProjectConfiguration, in project: Project, _ registry: Registry, threads: Int,
        sandbox: any Sandbox, environment: Environment, observer: any RunObserver
    ) {
        (self.configuration, self.project, self.registry) = (configuration, project, registry)
        self.environment = environment
        run = RetrainRun(
            configuration, in: project, registry, threads: threads, sandbox: sandbox, environment: environment,
            observer: observer)
    }

    /// The champion of the configuration's model.
    ///
    /// - Throws: `unknownVersion`, `registryFailed`.
    package func champion() throws(LeewayError) -> ModelVersion {
        let versions = try registry.versions(of: configuration.name)
        guard let champion = versions.first(where: { $0.aliases.contains(Registry.champion) }) else {
            throw LeewayError(
                .unknownVersion, "The model '\(configuration.name)' has no champion.",
                hint: "Train one with 'leeway run'.")
        }
        return champion
    }

    /// The retrainings of a killed process in a row after which it is not begun anew.
    private static let mostKilled = 3

    /// Takes the step, and says what it came to; the caller holds the model's lease.
    ///
    /// `request` says why somebody asks for a retraining; nobody does where it is nil.
    /// - Throws: `registryFailed`, `diskFull`, `unknownVersion`, `interrupted`. What goes wrong with a retraining is in the outcome.
    package func take(
        request: String? = nil, isForced: Bool = false, engine: () throws -> any Engine
    ) async throws -> Outcome {
        var memory = try remembered()
        let killed = try clearUp()
        let notes = try await Aftercare(configuration, in: project, registry, environment).run(engine: engine)
        let champion = try champion()
        let stamp = SourceStamp.take(configuration.source, in: project)
        var policy = RetrainPolicy(configuration.retraining.rules, state: memory.policy)
        let material = RetrainMaterial(
            rows: try registry.answeredRows(of: champion.model), labels: try registry.feedbackCount(),
            trainedRows: try trainedRows(champion), isSourceChanged: isChanged(stamp, since: memory, champion))
        let now = environment.now()
        for check in try registry.checks(model: champion.model, after: memory.lastCheck) {
            memory.lastCheck = check.id ?? memory.lastCheck
            guard let event = RetrainEvent.Check(check) else { continue }
            policy.note(event)
        }
        let noted = policy.state
        var decision = policy.handle(request.map { .request($0) } ?? .tick, material, at: now)
        if decision.action == .cannotHelp, isForced {
            decision = RetrainDecision(.retrain, .manual, reason: "By hand: \(request ?? "")")
        }
        if decision.action != .retrain, let killed {
            memory.killed += 1
            if memory.killed < Self.mostKilled {
                decision = RetrainDecision(
                    .retrain, RetrainTrigger(rawValue: killed.cause) ?? .manual,
                    reason: "Retraining \(killed.id) was killed and is begun anew. \(killed.reason)")
            }
        }
        var outcome = Outcome(model: champion.model, decision: decision, notes: notes)
        if let killed { outcome.notes.append("Retraining \(killed.id) was killed: what it left is removed.") }
        let isDue = decision.action == .retrain || decision.action == .cannotHelp
        if isDue, request == nil, let open = try openTrial() {
            // One challenger at a time: what calls for another one is heard when this one is decided on.
            decision = RetrainDecision(
                .wait, decision.trigger, .trial,
                reason: "\(decision.reason) But version \(open.challenger ?? 0) is being tried.")
            outcome.decision = decision
            policy = RetrainPolicy(configuration.retraining.rules, state: noted)
        }
        guard decision.action == .retrain else {
            memory.policy = policy.state
            try registry.keep(try keeping(decision, memory, champion), at: now)
            try news.tell(outcome, of: champion)
            return outcome
        }
        let before = (policy: noted, stamp: memory.sourceStamp)
        (memory.policy, memory.sourceStamp) = (policy.state, stamp?.text)
        await retrain(champion, decision, memory, isForced: isForced, engine, &outcome)
        if let failure = outcome.failure, failure.code != .nothingNew {
            // Nothing was learned from: it is all still new. Who was interrupted has not even failed.
            policy.noteFailure(since: before.policy)
            memory.policy = failure.code == .interrupted ? before.policy : policy.state
            memory.sourceStamp = before.stamp
            try registry.setMonitorState(
                try AlertDesk.encode(memory), model: champion.model, name: RetrainMemory.name, at: environment.now())
        }
        if let failure = outcome.failure, failure.code == .interrupted { throw failure }
        try news.tell(outcome, of: champion)
        return outcome
    }

    private var news: RetrainNews { RetrainNews(registry, configuration.monitoring.alerts, environment) }

    private func retrain(
        _ champion: ModelVersion, _ decision: RetrainDecision, _ memory: RetrainMemory, isForced: Bool,
        _ engine: () throws -> any Engine, _ outcome: inout Outcome
    ) async {
        do {
            let cause = RetrainRun.Cause(
                decision.trigger ?? .manual, reason: decision.reason, isForced: isForced,
                decision: try keeping(decision, memory, champion))
            let made = try await run.run(champion, because: cause, engine: try engine())
            outcome.retraining = made
            var (calm, policy) = (memory, RetrainPolicy(configuration.retraining.rules, state: memory.policy))
            policy.noteEnd(isRefused: made.state == .refused)
            (calm.killed, calm.policy) = (0, policy.state)
            try registry.setMonitorState(
                try AlertDesk.encode(calm), model: champion.model, name: RetrainMemory.name, at: environment.now())
        } catch {
            outcome.failure = error as? LeewayError ?? LeewayError(.engineFailed, "\(error)")
        }
    }

    /// A challenger that is tried, or waits to be promoted.
    private func openTrial() throws(LeewayError) -> Retraining? {
        try registry.retrainings(model: configuration.name).first {
            [.shadow, .canary, .awaiting].contains($0.state)
        }
    }

    private func trainedRows(_ champion: ModelVersion) throws(LeewayError) -> Int {
        try VersionLookup(project).metrics(of: champion).train.metrics.rowCount
    }

    // MARK: What is known

    private func remembered() throws(LeewayError) -> RetrainMemory {
        let bytes = try registry.monitorState(model: configuration.name, name: RetrainMemory.name)
        // What can't be read any more is forgotten: at worst a check is heard twice.
        return bytes.flatMap { try? JSONDecoder().decode(RetrainMemory.self, from: Data($0)) } ?? RetrainMemory()
    }

    private func keeping(
        _ decision: RetrainDecision, _ memory: RetrainMemory, _ champion: ModelVersion
    ) throws(LeewayError) -> DecisionToKeep {
        DecisionToKeep(
            model: champion.model, action: decision.action.rawValue, cause: decision.trigger?.rawValue,
            obstacle: decision.obstacle?.rawValue, reason: decision.reason,
            state: (RetrainMemory.name, try AlertDesk.encode(memory)))
    }

    /// Whether the source is not what the last training read, as far as its files tell; a source that is gone is no change.
    private func isChanged(
        _ stamp: (text: String, newest: Int64)?, since memory: RetrainMemory, _ champion: ModelVersion
    ) -> Bool {
        guard let stamp, configuration.retraining.material != .log else { return false }
        if let known = memory.sourceStamp { return stamp.text != known }
        return Timestamp(champion.createdAt).map { stamp.newest > $0.milliseconds } ?? true
    }

    /// Ends retrainings whose process is no more, and removes what they left; the caller's lease says that none is alive.
    private func clearUp() throws(LeewayError) -> Retraining? {
        let killed = try registry.retrainings(model: configuration.name).filter { $0.state == .running }
        for retraining in killed {
            if retraining.challenger == nil {
                // The folder may be sealed already; no version names it.
                RunFolder.remove(retraining.runID, in: project.runs)
            }
            try registry.end(
                .init(retraining.id, .abandoned), actor: environment.actor,
                reason: "its process was killed", at: environment.now())
        }
        return killed.first
    }
}

extension RetrainEvent.Check {
    private struct Document: Decodable {
        let causes: [String]?
        let realisedDrop: Bool?
        let estimatedDrop: Bool?

        enum CodingKeys: String, CodingKey {
            case causes
            case realisedDrop = "realised_drop"
            case estimatedDrop = "estimated_drop"
        }
    }

    /// Reads a check that the registry keeps.
    init?(_ check: MonitorCheck) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(check.document)) else { return nil }
        let isDrop = document.realisedDrop ?? false
        // Labels alone are no drift of what comes in.
        let drifted = (document.causes ?? []).filter { $0 != MonitorOutcome.harmCause }
        let isDrift: Bool? =
            switch check.verdict {
            case DriftReport.Verdict.drift.rawValue: !drifted.isEmpty
            case DriftReport.Verdict.noDrift.rawValue: false
            default: nil
            }
        self.init(
            version: check.number, isDrift: isDrift, isRealisedDrop: isDrop,
            isEstimatedDrop: document.estimatedDrop ?? false, causes: drifted)
    }
}
