import LeewayCore
package import LeewayEngine
import LeewayLearn
import LeewayMonitor
package import LeewayStore

/// Goes on with retrainings that are not over: promotes or withdraws a challenger that is tried on requests, and takes back a new
/// champion that disappoints.
package struct Aftercare: Sendable {
    private let configuration: ProjectConfiguration
    private let project: Project
    private let registry: Registry
    private let environment: Environment

    package init(
        _ configuration: ProjectConfiguration, in project: Project, _ registry: Registry, _ environment: Environment
    ) {
        (self.configuration, self.project, self.registry) = (configuration, project, registry)
        self.environment = environment
    }

    private var settings: RetrainingConfiguration { configuration.retraining }

    /// Looks at each open retraining of the model; gives what was done, a sentence each.
    ///
    /// - Throws: what the engine says of the logs; `registryFailed`, `diskFull`.
    package func run(engine: () throws -> any Engine) async throws -> [String] {
        var notes: [String] = []
        for retraining in try registry.retrainings(model: configuration.name) where retraining.state.isOpen {
            let note: String? =
                switch retraining.state {
                case .shadow, .canary: try await lookAtTrial(retraining, engine)
                case .probation: try await lookAtProbation(retraining, engine)
                case .awaiting: try lookAtAwaiting(retraining)
                default: nil
                }
            if let note { notes.append(note) }
        }
        return notes
    }

    // MARK: Trials

    private func lookAtTrial(_ retraining: Retraining, _ engine: () throws -> any Engine) async throws -> String? {
        guard let challenger = retraining.challenger, let since = retraining.endedAt else { return nil }
        let champion = try champion()
        guard champion.number == retraining.champion else {
            return try withdraw(retraining, "version \(champion.number) became the champion meanwhile")
        }
        let rows = try await PairedLog.read(
            of: challenger, beside: champion.number, model: retraining.model,
            classes: try VersionLookup(project).classes(of: champion), since: since, in: project,
            engine: try engine())
        var (better, worse) = (PairedEvidence(), PairedEvidence())
        for row in rows {
            guard let label = row.label else { continue }
            better.add(first: row.own, second: row.other, label: label)
            worse.add(first: row.other, second: row.own, label: label)
            if better.value >= 1 / settings.trial.level || worse.value >= 1 / settings.trial.level { break }
        }
        let count = counted(better.rows, "label")
        if better.value >= 1 / settings.trial.level {
            return try promote(
                retraining, challenger,
                "\(count) show that it is better: Brier score lower by \(ShortNumber.figures(better.improvement ?? 0))")
        }
        if worse.value >= 1 / settings.trial.level {
            return try withdraw(
                retraining,
                "\(count) show that it is worse: Brier score higher by \(ShortNumber.figures(worse.improvement ?? 0))")
        }
        if let reason = try await misbehaviour(
            of: challenger, beside: champion.number, retraining.model, since: since, engine)
        {
            return try withdraw(retraining, reason)
        }
        guard environment.now().milliseconds - since.milliseconds < settings.trial.longest.wholeMilliseconds else {
            return try withdraw(retraining, "\(count) did not show that it is better")
        }
        return nil
    }

    private func promote(_ retraining: Retraining, _ challenger: Int, _ reason: String) throws(LeewayError) -> String {
        let state: Retraining.State = settings.probation.length > .zero ? .probation : .promoted
        _ = try registry.moveAlias(
            Registry.champion, of: retraining.model, to: challenger, actor: environment.actor,
            reason: "retraining \(retraining.id): \(reason)", at: environment.now(),
            ending: .init(retraining.id, state), without: Registry.challenger)
        return "Version \(challenger) is the champion: \(reason)."
    }

    private func withdraw(_ retraining: Retraining, _ reason: String) throws(LeewayError) -> String {
        try registry.end(
            .init(retraining.id, .withdrawn), actor: environment.actor, reason: reason, at: environment.now(),
            without: Registry.challenger)
        return "Version \(retraining.challenger ?? 0) is withdrawn: \(reason)."
    }

    /// Somebody may have promoted it, or another version.
    private func lookAtAwaiting(_ retraining: Retraining) throws(LeewayError) -> String? {
        let champion = try champion()
        if champion.number == retraining.challenger {
            let state: Retraining.State = settings.probation.length > .zero ? .probation : .promoted
            try registry.end(
                .init(retraining.id, state), actor: environment.actor, reason: "it was promoted by hand",
                at: environment.now(), without: Registry.challenger)
            return nil
        }
        guard champion.number != retraining.champion else { return nil }
        return try withdraw(retraining, "version \(champion.number) became the champion meanwhile")
    }

    // MARK: Probation

    private func lookAtProbation(_ retraining: Retraining, _ engine: () throws -> any Engine) async throws -> String? {
        guard let own = retraining.challenger, let since = retraining.endedAt else { return nil }
        let champion = try champion()
        guard champion.number == own else {
            let isBack = champion.number == retraining.champion
            try registry.end(
                .init(retraining.id, isBack ? .rolledBack : .promoted), actor: environment.actor,
                reason: "version \(champion.number) took its place", at: environment.now())
            return nil
        }
        if let reason = try await disappointment(own, retraining, champion, since, engine) {
            return try rollBack(retraining, from: own, reason)
        }
        guard environment.now().milliseconds - since.milliseconds >= settings.probation.length.wholeMilliseconds else {
            return nil
        }
        try registry.end(
            .init(retraining.id, .promoted), actor: environment.actor, reason: "it stood its probation",
            at: environment.now())
        return "Version \(own) stood its probation."
    }

    private func rollBack(_ retraining: Retraining, from own: Int, _ reason: String) throws(LeewayError) -> String {
        // A version that can't be loaded is no way back.
        let check = try VersionLookup(project).verify(try version(retraining.champion))
        guard check.isWhole else {
            return "Version \(own) should be rolled back (\(reason)), but version \(retraining.champion) is damaged."
        }
        _ = try registry.moveAlias(
            Registry.champion, of: retraining.model, to: retraining.champion, actor: environment.actor,
            reason: "retraining \(retraining.id): \(reason)", at: environment.now(), kind: .rolledBack,
            ending: .init(retraining.id, .rolledBack))
        return "Version \(own) is rolled back to version \(retraining.champion): \(reason)."
    }

    /// Why a new champion is worse than the one before; nil where nothing says so.
    private func disappointment(
        _ own: Int, _ retraining: Retraining, _ champion: ModelVersion, _ since: Timestamp,
        _ engine: () throws -> any Engine
    ) async throws -> String? {
        let bundle: ModelBundle
        do throws(LeewayError) {
            bundle = try ModelBundle.load(champion, in: project)
        } catch {
            return "it can't be loaded: \(error.message)"
        }
        let former = try version(retraining.champion)
        let rows = try await PairedLog.read(
            of: own, beside: former.number, model: retraining.model, classes: bundle.metadata.classes, since: since,
            in: project, unlabelledLimit: Self.estimatedRows, engine: try engine())
        var worse = PairedEvidence(tolerance: 0)
        for row in rows {
            guard let label = row.label else { continue }
            worse.add(first: row.other, second: row.own, label: label)
            guard worse.value >= 1 / Self.level else { continue }
            return
                "\(counted(worse.rows, "label")) show that version \(former.number) is better: "
                + "Brier score lower by \(ShortNumber.figures(worse.improvement ?? 0))"
        }
        if let reason = try harm(champion, bundle, rows) { return reason }
        if let reason = try estimatedDrop(bundle, try ModelBundle.load(former, in: project), rows) { return reason }
        return try await misbehaviour(of: own, beside: former.number, retraining.model, since: since, engine)
    }

    /// Rows without a label by which performance is estimated.
    private static let estimatedRows = 20_000
    /// The chance with which a champion that is no worse is taken back.
    private static let level = 0.05
    private static let fewestRows = 200

    /// Whether labels say that it is wrong more often than when it was tested, and the former version less often than it.
    private func harm(
        _ champion: ModelVersion, _ bundle: ModelBundle, _ rows: [PairedLog.Row]
    ) throws(LeewayError) -> String? {
        guard let performance = bundle.performance,
            var watch = try? SequentialHarm(
                errors: performance.errors, rows: performance.rows, tolerance: settings.probation.tolerance,
                contract: .level(Self.level))
        else { return nil }
        let threshold = bundle.metadata.configuration.model.threshold
        var errors = (own: 0, other: 0)
        for row in rows {
            guard let label = row.label else { continue }
            let isWrong = (row.own >= threshold) != label
            errors.own += isWrong ? 1 : 0
            errors.other += (row.other >= threshold) != label ? 1 : 0
            watch.add(loss: isWrong ? 1 : 0)
            // Where the world got harder for both, the way back leads nowhere.
            guard watch.isAlarm, errors.other < errors.own else { continue }
            return
                "\(errors.own) of \(counted(watch.rows, "label")) say that it is wrong, the version before would have been in \(errors.other)"
        }
        return nil
    }

    /// Whether it must be worse than when it was tested, and worse than the former version would be.
    private func estimatedDrop(
        _ own: ModelBundle, _ former: ModelBundle, _ rows: [PairedLog.Row]
    ) throws(LeewayError) -> String? {
        guard rows.count >= Self.fewestRows, let mine = own.performance, let before = former.performance else {
            return nil
        }
        func estimate(
            _ reference: PerformanceReference, _ scores: [Double]
        ) throws(LeewayError) -> PerformanceFigure? {
            let decided = try DecidedRows(scores: scores, decisions: scores.map { $0 >= reference.threshold })
            return ConfidenceEstimate(reference.calibrator).evaluate(decided)[.accuracy]?.figure
        }
        guard let now = try estimate(mine, rows.map(\.own)), let other = try estimate(before, rows.map(\.other)),
            let tested = mine.realised[.accuracy]?.figure
        else { return nil }
        let isDrop =
            now.value + settings.probation.tolerance < tested.value && now.interval.upper < tested.interval.lower
        guard isDrop, other.interval.lower > now.interval.upper else { return nil }
        return
            "its accuracy is estimated at \(ShortNumber.figures(now.value)), \(ShortNumber.figures(tested.value)) when tested; "
            + "that of the version before at \(ShortNumber.figures(other.value))"
    }

    // MARK: Both

    /// Whether requests to a version fail or take longer than those to the other one; nil where nothing says so.
    private func misbehaviour(
        of own: Int, beside other: Int, _ model: String, since: Timestamp, _ engine: () throws -> any Engine
    ) async throws -> String? {
        let mine = try registry.servingCount(model: model, number: own, from: since.hour)
        let before = try registry.servingCount(model: model, number: other, from: since.hour - 24 * 7)
        func share(_ count: Registry.ServingCount) -> Double {
            count.requests > 0 ? Double(count.refused + count.failed) / Double(count.requests) : 0
        }
        if mine.requests >= Self.fewestRows, share(mine) > share(before) + settings.probation.errorShare {
            let bad = mine.refused + mine.failed
            return "\(bad) of \(counted(mine.requests, "request")) failed or were refused"
        }
        let dayBefore = Timestamp(milliseconds: since.milliseconds - 86_400_000)
        let now = try await PairedLog.latencies(model: model, since: since, in: project, engine: try engine())
        let then = try await PairedLog.latencies(model: model, since: dayBefore, in: project, engine: try engine())
        guard let new = now[own], let old = then[other], new.rows >= Self.fewestRows, old.rows >= Self.fewestRows
        else { return nil }
        // Less than a millisecond is nobody's.
        let isSlow =
            new.microseconds > settings.probation.latencyFactor * old.microseconds
            && new.microseconds > old.microseconds + 1000
        return isSlow
            ? "95 % of its answers take up to \(ShortNumber.figures(new.microseconds / 1000)) ms, "
                + "\(ShortNumber.figures(old.microseconds / 1000)) ms before"
            : nil
    }

    private func champion() throws(LeewayError) -> ModelVersion {
        try VersionLookup(project).find(nil, model: configuration.name)
    }

    private func version(_ number: Int) throws(LeewayError) -> ModelVersion {
        try VersionLookup(project).find("\(number)", model: configuration.name)
    }
}
