package import LeewayCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Decides whether a model is trained again: events in, a decision out, for each of them.
///
/// - Drift must be confirmed: n of the last 2n − 1 checks of a version find it; a check without evidence is none of them.
///   A drop is told by evidence that has gathered over many rows, and needs no confirmation.
/// - A retraining by hand waits for nothing. Every other one waits for the cooldown, for the day's budget, and for as many
///   rows and labels as the rules ask for; what calls for it still, once they are there, is heard then.
/// - A time of the schedule is not lost by waiting; of several that were missed one is made up for.
/// - Without a single new label, and with the source as it was, the same data would give the same model: it cannot help.
/// - Challengers that are refused one after the other say that training again does not help: each doubles the cooldown, to 32
///   times its length at most, until one is promoted.
/// - A clock that steps back begins no day anew, and makes nothing wait for longer than the cooldown.
package struct RetrainPolicy: Sendable, Equatable {
    package let rules: RetrainRules
    /// What must be kept from one event to the next.
    package private(set) var state: State

    /// What is known of a model.
    package struct State: Sendable, Equatable, Codable {
        /// The version that the checks are of.
        var version: Int?
        /// Whether the last checks found drift, the newest at the end.
        var checks: [Bool] = []
        var causes: [String] = []
        var isRealisedDrop = false
        var isEstimatedDrop = false
        var request: String?
        /// When the schedule was last looked at, in milliseconds since 1970.
        var lastLook: Int64?
        /// Whether a time of the schedule came and was not acted upon.
        var isScheduled = false
        /// When retrainings began within a day before the last one, in milliseconds since 1970.
        var starts: [Int64] = []
        /// Retrainings in a row whose challenger was not promoted.
        var refusals: Int? = 0
        /// What there was when the last one began.
        var rows = 0
        var labels = 0

        /// Nothing is known.
        package init() {}
    }

    package init(_ rules: RetrainRules, state: State = State()) { (self.rules, self.state) = (rules, state) }

    /// Takes an event, and says what follows; a decision to retrain counts as its beginning.
    package mutating func handle(
        _ event: RetrainEvent, _ material: RetrainMaterial, at time: Timestamp
    ) -> RetrainDecision {
        switch event {
        case .check(let check): note(check)
        case .request(let reason): state.request = reason
        case .tick: break
        }
        lookAtSchedule(time)
        let decision = decide(material, time)
        if decision.action == .retrain { begin(material, time) }
        return decision
    }

    /// Takes note of what became of a retraining.
    package mutating func noteEnd(isRefused: Bool) { state.refusals = isRefused ? (state.refusals ?? 0) + 1 : 0 }

    /// Takes note that a retraining failed before there was a challenger: what called for it, and the labels that came, are heard
    /// again once the cooldown is over, which a failure doubles as a refusal does.
    ///
    /// - Parameter noted: The state before the decision to retrain.
    package mutating func noteFailure(since noted: State) {
        let (starts, refusals) = (state.starts, state.refusals ?? 0)
        state = noted
        (state.starts, state.refusals) = (starts, refusals + 1)
    }

    /// Takes what a check found, without a decision: one follows from all that was noted.
    package mutating func note(_ check: RetrainEvent.Check) {
        if state.version != check.version { (state.version, state.checks) = (check.version, []) }
        (state.isRealisedDrop, state.isEstimatedDrop) = (check.isRealisedDrop, check.isEstimatedDrop)
        guard let isDrift = check.isDrift else { return }
        if isDrift { state.causes = check.causes }
        state.checks = state.checks.suffix(max(0, 2 * (rules.driftChecks ?? 1) - 2)) + [isDrift]
    }

    private mutating func lookAtSchedule(_ time: Timestamp) {
        guard let schedule = rules.schedule else { return }
        // Nothing is due at the first look: times that were before anybody watched were not missed.
        if let last = state.lastLook, let due = schedule.next(after: Timestamp(milliseconds: last)), due <= time {
            state.isScheduled = true
        }
        state.lastLook = max(state.lastLook ?? time.milliseconds, time.milliseconds)
    }

    private mutating func begin(_ material: RetrainMaterial, _ time: Timestamp) {
        state.starts = startsOfDay(time) + [time.milliseconds]
        (state.rows, state.labels) = (material.rows, material.labels)
        (state.checks, state.request, state.isScheduled) = ([], nil, false)
        (state.isRealisedDrop, state.isEstimatedDrop) = (false, false)
    }

    // MARK: The decision

    private func decide(_ material: RetrainMaterial, _ time: Timestamp) -> RetrainDecision {
        let labels = max(0, material.labels - state.labels)
        guard let (trigger, cause) = cause(labels) else {
            return RetrainDecision(.nothing, nil, reason: "Nothing calls for a retraining.")
        }
        let isNew = labels > 0 || material.isSourceChanged
        let cannotHelp = RetrainDecision(
            .cannotHelp, trigger,
            reason: "\(cause), but no label came since the last training and the source is as it was: "
                + "retraining cannot help.")
        guard trigger != .manual else {
            return isNew ? RetrainDecision(.retrain, trigger, reason: "\(cause).") : cannotHelp
        }
        func wait(_ obstacle: RetrainDecision.Obstacle, _ why: String) -> RetrainDecision {
            RetrainDecision(.wait, trigger, obstacle, reason: "\(cause), but \(why).")
        }
        if let rest = cooldown(time) { return wait(.cooldown, "the cooldown lasts for another \(rest) s") }
        let starts = startsOfDay(time)
        if starts.count >= rules.perDay {
            return wait(.budget, "there were \(starts.count) retrainings in 24 hours, as many as there may be")
        }
        guard isNew else { return cannotHelp }
        let rows = max(0, material.rows - state.rows)
        if rows < rules.minimumRows {
            return wait(.tooFewRows, "\(rows) of \(rules.minimumRows) rows came since the last training")
        }
        let wanted = max(rules.minimumLabels, Int(rules.minimumGrowth * Double(material.trainedRows)))
        if labels < wanted, !material.isSourceChanged {
            return wait(.tooFewLabels, "\(labels) of \(wanted) labels came since the last training")
        }
        return RetrainDecision(.retrain, trigger, reason: "\(cause).")
    }

    /// What calls for a retraining, and in words; nil where nothing does.
    private func cause(_ labels: Int) -> (RetrainTrigger, String)? {
        if let request = state.request { return (.manual, "By hand: \(request)") }
        if rules.onRealisedDrop, state.isRealisedDrop {
            return (.realisedDrop, "The labels say that the model is wrong more often than it was")
        }
        let found = state.checks.count { $0 }
        if let wanted = rules.driftChecks, found >= wanted {
            let named = state.causes.prefix(5).joined(separator: ", ") + (state.causes.count > 5 ? " …" : "")
            let all = state.checks.count == 1 ? "the last check" : "\(found) of the last \(state.checks.count) checks"
            return (.drift, "Drift in \(all)" + (named.isEmpty ? "" : " (\(named))"))
        }
        if rules.onEstimatedDrop, state.isEstimatedDrop {
            return (.estimatedDrop, "The model is estimated to be worse than it was")
        }
        if let wanted = rules.labels, labels >= wanted { return (.labels, "\(labels) labels came") }
        return state.isScheduled ? (.schedule, "The schedule '\(rules.schedule?.text ?? "")'") : nil
    }

    /// The seconds that the cooldown still lasts; nil where it does not.
    private func cooldown(_ time: Timestamp) -> Int? {
        guard let last = state.starts.last else { return nil }
        let passed = abs(Double(time.milliseconds) - Double(last)) / 1000
        let length = Double(rules.cooldown.components.seconds) * exp2(Double(min(state.refusals ?? 0, 5)))
        return passed < length ? max(1, Int((length - passed).rounded(.up))) : nil
    }

    /// The retrainings that began less than a day away, by a clock that may have stepped.
    private func startsOfDay(_ time: Timestamp) -> [Int64] {
        state.starts.filter { abs(Double(time.milliseconds) - Double($0)) < 86_400_000 }
    }
}
