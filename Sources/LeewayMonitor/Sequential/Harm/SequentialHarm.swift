package import LeewayCore

/// Watches the losses of a model for the first sign that its risk is above the source's by more than is tolerated.
///
/// Null hypothesis: each loss, whatever came before, has a mean of at most μ = bound + tolerance, where the bound is above
/// the source's risk with the given confidence. Bet j pays 1 + λⱼ · (loss − μ), which has a mean of at most 1 under it:
/// λⱼ = (q − μ) / (μ · (1 − μ)), best where the risk's odds grow 1.15, 1.3 … 20 times, to q. One more bet learns its λ from the
/// last losses: λ = (m − μ) / (v + (m − μ)²), at most 0.9 / μ.
///
/// - Guarantee: `FalseAlarmContract`, in rows with a label, if the risk never is above μ. Rows need not be independent, and
///   less harm than μ never counts as evidence. The source's rows are a sample: with a chance of 1 − confidence it is so lucky that
///   the bound lies below its risk, and then nothing is promised.
/// - Labels: may be late and may be missing, in any order; which rows get one must not depend on the loss.
/// - Units: losses of 0 … 1; 0 and 1 are right and wrong.
/// - Source: Podkopaev & Ramdas, Tracking the risk of a deployed model (2022), arXiv:2110.06177; bets as in Waudby-Smith &
///   Ramdas, Estimating means of bounded random variables by betting (2024), arXiv:2010.09686.
package struct SequentialHarm: Sendable, Equatable {
    private static let odds = SIMD8<Double>(1.15, 1.3, 1.5, 1.8, 2.3, 3.2, 6, 20)
    private static let parts = SIMD8<Double>(0.11, 0.19, 0.23, 0.17, 0.1, 0.06, 0.03, 0.02)
    private static let (learnedPart, keep, prior) = (0.09, 1 - 1.0 / 200, 50.0)

    /// What is promised.
    package let contract: FalseAlarmContract
    /// μ: evidence is against the risk being this or less.
    package let toleratedRisk: Double
    /// Losses so far.
    package internal(set) var rows = 0
    /// The evidence of harm; the alarm is due where it reaches the contract's threshold.
    package internal(set) var evidence: Double

    private let stakesPerLoss: SIMD8<Double>
    var bets = SIMD8<Double>.zero
    var learned = 0.0
    /// Of the losses remembered: how many, their sum, and that of their squares.
    var (count, sum, squares) = (0.0, 0.0, 0.0)
    /// The last losses, an alarm or not: how many, and their sum.
    var (lastCount, lastSum) = (0.0, 0.0)
    /// Losses since the start or the last reset.
    package internal(set) var rowsInRun = 0

    /// Takes the source's risk as wrong answers of so many rows, which the model was not fitted on.
    ///
    /// - Throws: `invalidSetting` where a number is out of its range, `notEnoughRows` where no risk below 1 can be told.
    package init(
        errors: Int, rows: Int, confidence: Double = 0.95, tolerance: Double = 0, contract: FalseAlarmContract
    ) throws(LeewayError) {
        try Self.check(0 <= errors && errors <= rows, "\(errors) of \(rows) rows can't be wrong")
        try Self.check(confidence > 0 && confidence < 1, "a confidence of \(confidence) can't be")
        try self.init(
            bound: RiskBound.ofErrors(errors, rows: rows, confidence: confidence), tolerance: tolerance, contract)
    }

    /// Takes the source's risk as the sum of losses of 0 … 1 of so many rows, which the model was not fitted on.
    ///
    /// - Throws: `invalidSetting` where a number is out of its range, `notEnoughRows` where no risk below 1 can be told.
    package init(
        losses: Double, rows: Int, confidence: Double = 0.95, tolerance: Double = 0, contract: FalseAlarmContract
    ) throws(LeewayError) {
        try Self.check(losses >= 0 && losses <= Double(rows), "losses of \(losses) in \(rows) rows can't be")
        try Self.check(confidence > 0 && confidence < 1, "a confidence of \(confidence) can't be")
        try self.init(
            bound: RiskBound.ofLosses(losses, rows: Double(rows), confidence: confidence), tolerance: tolerance,
            contract)
    }

    private init(bound: Double, tolerance: Double, _ contract: FalseAlarmContract) throws(LeewayError) {
        try Self.check(tolerance >= 0, "a tolerance of \(tolerance) can't be")
        self.contract = try contract.checked()
        let risk = bound + tolerance
        guard risk < 1 else {
            throw LeewayError(
                .notEnoughRows, "No risk is above the source's bound and the tolerance together.",
                hint: "Evaluate the model on more rows, or tolerate less.")
        }
        toleratedRisk = risk
        let target = Self.odds * risk / (1 - risk + Self.odds * risk)
        stakesPerLoss = (target - risk) / (risk * (1 - risk))
        evidence = contract.reserve(afterRows: 0)
    }

    private static func check(_ isFine: Bool, _ what: String) throws(LeewayError) {
        guard isFine else { throw LeewayError(.invalidSetting, "Harm can't be watched: \(what).") }
    }

    /// Whether the evidence reaches the contract's threshold.
    package var isAlarm: Bool { evidence >= contract.threshold }

    /// The risk of about the last 200 rows; nil before the first.
    package var recentRisk: Double? { lastCount > 0 ? lastSum / lastCount : nil }
    /// The risk of about the last 200 rows of this run, drawn towards the tolerated risk by 50 rows of it.
    private var learnedRisk: Double { (Self.prior * toleratedRisk + sum) / (Self.prior + count) }

    /// Looks at the next row's loss, of 0 … 1.
    package mutating func add(loss: Double) {
        precondition(loss >= 0 && loss <= 1, "A loss lies in 0 ... 1.")
        rows += 1
        rowsInRun += 1
        let stake = contract.stake(atRow: rowsInRun)
        let excess = loss - toleratedRisk
        bets = (bets + Self.parts * stake) * (1 + stakesPerLoss * excess)
        // The stake follows from the losses before this one.
        let gain = learnedRisk - toleratedRisk
        let spread = toleratedRisk * (1 - toleratedRisk)
        let variance = max(
            1e-6,
            (Self.prior * (spread + toleratedRisk * toleratedRisk) + squares) / (Self.prior + count)
                - learnedRisk * learnedRisk)
        let perLoss = min(max(0, gain / (variance + gain * gain)), 0.9 / toleratedRisk)
        learned = (learned + Self.learnedPart * stake) * (1 + perLoss * excess)
        evidence = bets.sum() + learned + contract.reserve(afterRows: rowsInRun)
        (count, sum, squares) = (Self.keep * count + 1, Self.keep * sum + loss, Self.keep * squares + loss * loss)
        (lastCount, lastSum) = (Self.keep * lastCount + 1, Self.keep * lastSum + loss)
    }

    /// Takes all stakes back and starts anew, as after an alarm.
    package mutating func reset() {
        (bets, learned, count, sum, squares, rowsInRun) = (.zero, 0, 0, 0, 0, 0)
        evidence = contract.reserve(afterRows: 0)
    }
}
