/// Evidence, label by label, that one of two models is better on the same rows: it may be looked at after every label.
///
/// What is bet on is the mean of d = (p₂ − y)² − (p₁ − y)², what the second model's Brier score is above the first one's,
/// which lies in −1 … 1. Bet j pays 1 + λⱼ · (d − m) with 0 < λⱼ ≤ 1 / (1 + m), which has a mean of at most 1 where d's
/// mean is m or less; the bets start with equal parts of a stake of 1, and are added up.
///
/// - Guarantee: with probability 1 − α the evidence never reaches 1 / α where the first model is better by no more than m, in the
///   mean over the rows to come, whatever came before; rows need not be independent.
/// - Labels: may be late and may be missing; which rows get one must not depend on the models' errors.
/// - Source: Waudby-Smith & Ramdas, Estimating means of bounded random variables by betting (2024), arXiv:2010.09686;
///   Ville's inequality.
package struct PairedEvidence: Sendable, Equatable {
    /// λ · (1 + m): small ones for differences that are small against their spread.
    private static let stakes = SIMD8<Double>(0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.55, 0.9)

    /// m: so much better may the first model be without that being evidence.
    private let tolerance: Double
    private let perUnit: SIMD8<Double>
    private var bets = SIMD8<Double>(repeating: 1.0 / 8)

    /// Rows so far.
    package private(set) var rows = 0
    /// The sum of d so far.
    package private(set) var sum = 0.0
    /// The most evidence that there ever was.
    package private(set) var peak = 1.0

    /// Evidence that the first model is better by more than `tolerance`, 0 ..< 1, in Brier score.
    package init(tolerance: Double = 0) {
        precondition((0..<1).contains(tolerance), "A tolerance lies in 0 ..< 1.")
        self.tolerance = tolerance
        perUnit = Self.stakes / (1 + tolerance)
    }

    /// The evidence now.
    package var value: Double { bets.sum() }

    /// By how much the first model's Brier score is lower, in the mean; nil before the first row.
    package var improvement: Double? { rows > 0 ? sum / Double(rows) : nil }

    /// Looks at the next row with a label.
    package mutating func add(first: Double, second: Double, label: Bool) {
        let y = label ? 1.0 : 0
        let difference = (second - y) * (second - y) - (first - y) * (first - y)
        bets *= 1 + perUnit * (difference - tolerance)
        rows += 1
        sum += difference
        peak = max(peak, value)
    }
}
