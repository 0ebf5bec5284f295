import LeewayCore
import LeewayLearn
import LeewayMonitor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lets a policy live through a history once more: each step its champion answers, the monitor looks, labels come in late,
/// and the policy decides.
///
/// What decides is what decides in production: the policy, the checks, the gate. Time is the history's.
struct ReplayRun {
    let history: ReplayHistory
    let configuration: ProjectConfiguration
    let options: ReplayOptions
    /// Processor time of this process, in seconds.
    let cpuSeconds: @Sendable () -> Double
    let threads: Int

    /// The rows before a time.
    private func rows(before time: Int64) -> ArraySlice<Int> {
        var (low, high) = (0, history.order.count)
        while low < high {
            let middle = (low + high) / 2
            if history.times[history.order[middle]] < time { low = middle + 1 } else { high = middle }
        }
        return history.order[..<low]
    }

    private var start: Int64 { history.first.milliseconds + Int64(options.warmUp.wholeMilliseconds) }

    /// How a policy fared, and what was said of each row of the data: NaN for the rows before its first version.
    ///
    /// - Throws: what training throws; `interrupted`.
    func run(_ policy: ReplayPolicy) throws(LeewayError) -> (report: ReplayReport.Policy, scores: [Double]) {
        let begun = cpuSeconds()
        let step = Int64(options.step.wholeMilliseconds)
        var life = try Life(policy, self)
        var time = start
        while time <= history.last.milliseconds {
            guard !Task.isCancelled else { throw LeewayError(.interrupted, "The replay was interrupted.") }
            let answered = Array(rows(before: time + step).dropFirst(rows(before: time).count))
            time += step
            try life.step(answered, until: time)
        }
        return (try life.report(cpuSeconds() - begun), life.scores)
    }

    var firstRows: [Int] { Array(rows(before: start)) }
    var labelDelay: Int64 { Int64(options.labelDelay.wholeMilliseconds) }

    /// The rows whose labels are known at a time.
    func labelled(at time: Int64) -> ArraySlice<Int> { rows(before: time - labelDelay) }

    func train(number: Int, _ rows: [Int], at time: Int64) throws(LeewayError) -> ReplayModel {
        var (rows, weights) = (rows, ((Int) -> Double)?.none)
        switch configuration.retraining.history {
        case .all: break
        case .window(let length):
            let oldest = time - Int64(length.wholeMilliseconds)
            rows = rows.filter { history.times[$0] >= oldest }
        case .halfLife(let length):
            let unit = Double(length.wholeMilliseconds)
            weights = { exp2(-Double(max(0, time - history.times[$0])) / unit) }
        }
        return try ReplayModel(
            number: number, history, rows: rows, weights: weights, at: time, configuration, threads: threads)
    }

    var firstTime: Int64 { start }
}

extension ReplayRun {
    /// A policy on its way.
    private struct Life {
        let policy: ReplayPolicy
        let run: ReplayRun
        var champion: ReplayModel
        var watch: ReplayWatch
        var decisions: RetrainPolicy
        let monitoring: MonitoringConfiguration
        let isGated: Bool
        /// What was answered, by row of the data; NaN for the others.
        var scores: [Double]
        /// How many labels were seen.
        var seenLabels: Int
        /// The version that answered each row.
        var answeredBy: [Int32]
        var versions = 1
        var answeredCount = 0
        var (retrainings, promotions) = (0, 0)
        var events: [ReplayReport.Policy.Event] = []

        init(_ policy: ReplayPolicy, _ run: ReplayRun) throws(LeewayError) {
            (self.policy, self.run) = (policy, run)
            champion = try run.train(number: 1, run.firstRows, at: run.firstTime)
            var rules = RetrainRules()
            var monitoring = run.configuration.monitoring
            var watchesRows = false
            switch policy.kind {
            case .never: (rules.driftChecks, rules.onRealisedDrop, rules.onEstimatedDrop) = (nil, false, false)
            case .classic:
                (rules.driftChecks, rules.onRealisedDrop, rules.onEstimatedDrop) = (1, false, false)
                (rules.cooldown, rules.minimumLabels, rules.perDay) = (.zero, 0, 1000)
                rules.minimumGrowth = 0
                monitoring.drift = .classic
            case .scheduled(let schedule):
                (rules.driftChecks, rules.onRealisedDrop, rules.onEstimatedDrop) = (nil, false, false)
                (rules.schedule, rules.cooldown, rules.minimumLabels) = (schedule, .zero, 0)
                rules.minimumGrowth = 0
            case .configured:
                rules = run.configuration.retraining.rules
                watchesRows = true
            }
            self.monitoring = monitoring
            isGated = if case .configured = policy.kind { run.configuration.retraining.policy == .gated } else { false }
            decisions = RetrainPolicy(rules)
            watch = try ReplayWatch(champion, monitoring, watchesRows: watchesRows)
            scores = [Double](repeating: .nan, count: run.history.data.dataset.rowCount)
            answeredBy = [Int32](repeating: 0, count: scores.count)
            seenLabels = run.firstRows.count
            _ = decisions.handle(
                .tick, .init(rows: 0, labels: 0, isSourceChanged: false), at: Timestamp(milliseconds: run.firstTime))
        }

        private var isWatched: Bool {
            switch policy.kind {
            case .never, .scheduled: false
            case .classic, .configured: true
            }
        }

        mutating func step(_ rows: [Int], until time: Int64) throws(LeewayError) {
            let said = try champion.score(rows, of: run.history)
            for (row, score) in zip(rows, said) { (scores[row], answeredBy[row]) = (score, Int32(champion.number)) }
            answeredCount += rows.count
            let known = run.labelled(at: time)
            let news = known.dropFirst(seenLabels)
            seenLabels = max(seenLabels, known.count)
            let now = Timestamp(milliseconds: time)
            if isWatched {
                try watch.add(rows, scores: said, of: run.history, at: time)
                let own = news.filter { answeredBy[$0] == Int32(champion.number) }
                watch.add(labels: own.map { (scores[$0], run.history.labels[$0]) }, at: time)
                decisions.note(watch.check(at: time))
            }
            let material = RetrainMaterial(
                rows: answeredCount, labels: seenLabels - run.firstRows.count, trainedRows: champion.trainCount,
                isSourceChanged: false)
            let noted = decisions.state
            let decision = decisions.handle(.tick, material, at: now)
            guard decision.action == .retrain else { return }
            try retrain(Array(known), decision, since: noted, at: time)
        }

        private mutating func retrain(
            _ known: [Int], _ decision: RetrainDecision, since noted: RetrainPolicy.State, at time: Int64
        ) throws(LeewayError) {
            retrainings += 1
            versions += 1
            let challenger: ReplayModel
            do throws(LeewayError) {
                challenger = try run.train(number: versions, known, at: time)
            } catch {
                if error.code == .interrupted { throw error }
                note("failed", "\(decision.reason) \(error.message)", time)
                return decisions.noteFailure(since: noted)
            }
            var reason = decision.reason
            if isGated {
                let gate = try gate(challenger, known)
                reason +=
                    " " + (gate.isPassed ? gate.criteria : gate.failures).prefix(2).map(\.reason).joined(separator: " ")
                guard gate.isPassed else {
                    note("refused", reason, time)
                    return decisions.noteEnd(isRefused: true)
                }
            }
            decisions.noteEnd(isRefused: false)
            note("promoted", reason, time)
            promotions += 1
            champion = challenger
            watch = try ReplayWatch(champion, monitoring, watchesRows: isGated)
        }

        private func gate(_ challenger: ReplayModel, _ known: [Int]) throws(LeewayError) -> GateReport {
            let (history, settings) = (run.history, run.configuration.retraining)
            let old = Set(champion.testRows)
            let newest = known.filter { history.isTest[$0] && !old.contains($0) }.suffix(settings.gateRows)
            func pair(_ rows: [Int]) throws(LeewayError) -> PairedScores {
                try PairedScores(
                    labels: rows.map { history.labels[$0] }, champion: try champion.score(rows, of: history),
                    challenger: try challenger.score(rows, of: history))
            }
            var evidence = GateEvidence()
            evidence.oldTest = try pair(champion.testRows)
            let window = try pair(Array(newest))
            evidence.window = window
            for name in settings.gate.sliceColumns ?? history.selection.categorical {
                let values = try history.data.dataset.categorical(name)
                var places = [[Int]](repeating: [], count: values.categories.count)
                for (place, row) in newest.enumerated() where values.codes[row] >= 0 {
                    places[Int(values.codes[row])].append(place)
                }
                for (category, rows) in zip(values.categories, places) where rows.count >= settings.gate.sliceRows {
                    evidence.slices.append(.init(name: "\(name) = \(category)", scores: window.rows(rows)))
                }
            }
            return try PromotionGate(
                settings.gate, threshold: run.configuration.model.threshold, seed: UInt64(run.configuration.seed)
            ).evaluate(evidence)
        }

        private mutating func note(_ kind: String, _ reason: String, _ time: Int64) {
            events.append(.init(time: Timestamp(milliseconds: time).description, kind: kind, reason: reason))
        }

        func report(_ cpuSeconds: Double) throws(LeewayError) -> ReplayReport.Policy {
            let answered = run.history.order.filter { !scores[$0].isNaN }
            func metrics(_ rows: [Int]) throws(LeewayError) -> BinaryMetrics {
                try BinaryEvaluation.evaluate(
                    labels: rows.map { run.history.labels[$0] }, probabilities: rows.map { scores[$0] },
                    threshold: run.configuration.model.threshold
                ).metrics
            }
            let all = try metrics(answered)
            var months: [ReplayReport.Policy.Month] = []
            let byMonth = Dictionary(grouping: answered) {
                String(Timestamp(milliseconds: run.history.times[$0]).description.prefix(7))
            }
            for (month, rows) in byMonth.sorted(by: { $0.key < $1.key }) {
                let own = try metrics(rows)
                months.append(.init(month: month, rows: rows.count, rocAUC: own.rocAUC, logLoss: own.logLoss))
            }
            return ReplayReport.Policy(
                name: policy.name, rows: answered.count, rocAUC: all.rocAUC, logLoss: all.logLoss,
                accuracy: all.accuracy, retrainings: retrainings, promotions: promotions, cpuSeconds: cpuSeconds,
                months: months, events: events)
        }
    }
}
