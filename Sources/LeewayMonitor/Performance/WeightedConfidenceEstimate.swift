package import LeewayCore
import LeewayLearn

/// The density-ratio-weighted successor of `ConfidenceEstimate` (PAPE): the calibration is learned anew from reference
/// rows, each weighted by how much more common rows like it are in the window than in the reference.
///
/// It holds as long as equal rows are as often positive as they were: rows of one score may change their share.
///
/// - Weights: density ratios of window to reference, in any scale; those above ten times their mean count as that much.
/// - Source: Białek et al., arXiv:2401.08348.
package struct WeightedConfidenceEstimate: Sendable {
    /// The most that a reference row counts, in units of the mean weight.
    package static let weightLimit = 10.0
    /// Of fewer reference rows, in rows of equal weight, nothing is learned.
    package static let fewestEffectiveRows = 200.0

    private let estimate: ConfidenceEstimate?
    /// How many reference rows of equal weight would tell as much as the weighted ones.
    package let effectiveCount: Double

    /// Learns the calibration from reference rows that the model was not fitted on.
    ///
    /// - Parameters:
    ///   - labels: true for rows of the positive class.
    ///   - scores: one a row, 0 … 1.
    ///   - weights: one a row, at least 0.
    /// - Throws: `malformedDataset` where lengths differ, `invalidSetting` for a score or weight out of range.
    /// - Complexity: O(n log n).
    package init(labels: [Bool], scores: [Double], weights: [Double]) throws(LeewayError) {
        let limit = Self.weightLimit * weights.reduce(0, +) / Double(max(weights.count, 1))
        let rows = try ScoredRows(labels: labels, scores: scores, weights: weights.map { min($0, limit) })
        effectiveCount = rows.effectiveCount
        let isEnough = effectiveCount >= Self.fewestEffectiveRows
        estimate = isEnough ? CalibratorSelection.select(rows).map(ConfidenceEstimate.init) : nil
    }

    /// Estimates each metric; no evidence where the weights leave too little of the reference.
    package func evaluate(_ window: DecidedRows) -> PerformanceFigures {
        estimate?.evaluate(window)
            ?? PerformanceFigures(without: .tooFewRows, of: ConfidenceEstimate.metrics, rows: window.count)
    }
}
