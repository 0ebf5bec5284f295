package import LeewayCore
import LeewayLearn

/// Holds a challenger against the champion: it passes only where it is shown to be better, and nowhere to be worse.
///
/// - Old test rows: not worse by more than the tolerance, with 95 % confidence.
/// - Newest window: better, by a paired test. Without a window it must be better on the old test rows.
/// - Floor: the AUC of the newest rows; slices, calibration and latency: not surely worse by more than their tolerances,
///   slices with Holm's correction.
/// - What could not be judged is said, and stops nothing but where nothing shows that the challenger is better.
package struct PromotionGate: Sendable {
    private let rules: GateRules
    private let threshold: Double
    private let seed: UInt64

    /// Takes the rules, and the probability from which the models call a row positive.
    package init(_ rules: GateRules, threshold: Double, seed: UInt64) {
        (self.rules, self.threshold, self.seed) = (rules, threshold, seed)
    }

    /// - Throws: `malformedDataset` for scores that do not belong together.
    package func evaluate(_ evidence: GateEvidence) throws(LeewayError) -> GateReport {
        let oldTest = try evidence.oldTest.map { scores throws(LeewayError) in try side(scores) }
        let window = try evidence.window.map { scores throws(LeewayError) in try side(scores) }
        let newest = window?.comparison == nil ? evidence.oldTest : evidence.window
        let calibration = newest.flatMap { CalibrationComparison($0, seed: seed) }
        let criteria = [
            oldTestCriterion(oldTest), windowCriterion(window, oldTest),
            floor(window?.comparison == nil ? oldTest : window), slices(evidence.slices),
            self.calibration(calibration), latency(evidence.latency), contract(evidence.contractProblems),
            sandbox(evidence),
        ]
        return GateReport(
            criteria: criteria, oldTest: oldTest, window: window, calibration: calibration, latency: evidence.latency)
    }

    private func side(_ scores: PairedScores) throws(LeewayError) -> GateReport.Side {
        guard scores.count > 0 else {
            return GateReport.Side(rows: 0, comparison: nil, champion: nil, challenger: nil)
        }
        func metrics(_ probabilities: [Double]) throws(LeewayError) -> BinaryMetrics {
            try BinaryEvaluation.evaluate(
                labels: scores.labels, probabilities: probabilities, threshold: threshold
            ).metrics
        }
        return GateReport.Side(
            rows: scores.count, comparison: PairedComparison(rules.metric, scores),
            champion: try metrics(scores.champion), challenger: try metrics(scores.challenger))
    }

    // MARK: The criteria

    private typealias Criterion = GateReport.Criterion

    private func oldTestCriterion(_ side: GateReport.Side?) -> Criterion {
        guard let comparison = side?.comparison else {
            return Criterion(.oldTest, .notJudged, "Too few old test rows: \(side?.rows ?? 0).")
        }
        let isFine = comparison.pValue(toleratingLoss: rules.ownTolerance) <= Self.certainty
        return Criterion(
            .oldTest, isFine ? .passed : .failed,
            "\(Self.words(comparison)) on \(comparison.rows) old test rows; "
                + (isFine
                    ? "no more than \(Self.short(rules.ownTolerance)) worse."
                    : "that may be worse by more than \(Self.short(rules.ownTolerance))."))
    }

    private func windowCriterion(_ window: GateReport.Side?, _ oldTest: GateReport.Side?) -> Criterion {
        let instead = window?.comparison == nil
        guard let comparison = window?.comparison ?? oldTest?.comparison else {
            return Criterion(.window, .failed, "Too few rows with a label show whether it is better.")
        }
        let pValue = comparison.pValue()
        let isBetter = pValue <= rules.level
        let rows =
            instead
            ? "\(comparison.rows) old test rows, as too few new ones have a label"
            : "the newest \(comparison.rows) rows"
        return Criterion(
            .window, isBetter ? .passed : .failed,
            "\(Self.words(comparison)) on \(rows); "
                + (isBetter
                    ? "better (p \(Self.short(pValue)))."
                    : "not shown to be better (p \(Self.short(pValue)), \(Self.short(rules.level)) at most)."))
    }

    private func floor(_ newest: GateReport.Side?) -> Criterion {
        guard let metrics = newest?.challenger, let area = metrics.rocAUC else {
            return Criterion(.floor, .notJudged, "Too few rows tell its AUC.")
        }
        let isFine = area > rules.floor
        return Criterion(
            .floor, isFine ? .passed : .failed,
            "AUC \(Self.short(area)) on the newest rows, \(isFine ? "above" : "not above") \(Self.short(rules.floor)).")
    }

    private func slices(_ slices: [GateEvidence.Slice]) -> Criterion {
        // The AUC of a slice says nothing of how sure its scores are, and needs rows of both classes.
        let metric = rules.metric == .rocAUC ? GateMetric.brierScore : rules.metric
        let tolerance =
            rules.sliceTolerance ?? (metric == rules.metric ? rules.ownSliceTolerance : 2 * metric.usualTolerance)
        let compared = slices.filter { $0.scores.count >= rules.sliceRows }.compactMap { slice in
            PairedComparison(metric, slice.scores).map { (name: slice.name, comparison: $0) }
        }
        guard !compared.isEmpty else { return Criterion(.slices, .notJudged, "No slice has enough rows.") }
        let adjusted = Correction.holm.adjusted(compared.map { $0.comparison.pValueOfHarm(beyond: tolerance) })
        let harmed = zip(compared, adjusted).filter { $0.1 <= rules.level }.map(\.0)
        guard let worst = harmed.min(by: { $0.comparison.improvement < $1.comparison.improvement }) else {
            return Criterion(
                .slices, .passed, "None of \(compared.count) slices is worse by more than \(Self.short(tolerance)).")
        }
        return Criterion(
            .slices, .failed,
            "\(harmed.count) of \(compared.count) slices worse by more than \(Self.short(tolerance)); the worst is "
                + "\(worst.name): \(Self.words(worst.comparison)) on \(worst.comparison.rows) rows.")
    }

    private func calibration(_ comparison: CalibrationComparison?) -> Criterion {
        guard let comparison else { return Criterion(.calibration, .notJudged, "Too few rows tell the calibration.") }
        let isFine = comparison.excessAtLeast <= rules.calibrationTolerance
        return Criterion(
            .calibration, isFine ? .passed : .failed,
            "Calibration error \(Self.short(comparison.champion)) → \(Self.short(comparison.challenger)); "
                + "\(isFine ? "not surely" : "surely") worse by more than \(Self.short(rules.calibrationTolerance)).")
    }

    /// Differences of so few microseconds are the machine's.
    private static let latencySlack = 20.0

    private func latency(_ latency: GateEvidence.Latency?) -> Criterion {
        guard let latency else { return Criterion(.latency, .notJudged, "The time of a row was not measured.") }
        let limit = latency.champion * (1 + rules.latencyTolerance) + Self.latencySlack
        let isFine = latency.challenger <= limit
        return Criterion(
            .latency, isFine ? .passed : .failed,
            "\(Self.short(latency.champion)) → \(Self.short(latency.challenger)) µs a row, "
                + "\(isFine ? "within" : "above") \(Self.short(limit)).")
    }

    private func contract(_ problems: [String]?) -> Criterion {
        guard let problems else { return Criterion(.contract, .notJudged, "The contracts were not compared.") }
        guard let first = problems.first else {
            return Criterion(.contract, .passed, "Every request that the champion takes is taken.")
        }
        return Criterion(
            .contract, .failed,
            "Requests that the champion takes would be refused: \(first)"
                + (problems.count > 1 ? " And \(problems.count - 1) more." : ""))
    }

    private func sandbox(_ evidence: GateEvidence) -> Criterion {
        guard evidence.isSandboxed else { return Criterion(.sandbox, .notJudged, "It was not tried apart.") }
        guard let problem = evidence.sandboxProblem else {
            return Criterion(.sandbox, .passed, "It was loaded and answered in a process of its own.")
        }
        return Criterion(.sandbox, .failed, "In a process of its own it failed: \(problem)")
    }

    /// How sure it must be that the old test rows tolerate the challenger.
    private static let certainty = 0.05

    private static func words(_ comparison: PairedComparison) -> String {
        let name =
            switch comparison.metric {
            case .logLoss: "log loss"
            case .brierScore: "Brier score"
            case .rocAUC: "AUC"
            }
        return "\(name) \(short(comparison.champion)) → \(short(comparison.challenger))"
    }

    private static func short(_ number: Double) -> String { ShortNumber.figures(number) }
}
