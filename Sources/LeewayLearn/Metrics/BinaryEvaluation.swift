public import LeewayCore

/// How good the probabilities of a binary classifier are on rows whose class is known.
public struct BinaryEvaluation: Sendable, Equatable, Codable {
    /// Every metric.
    public let metrics: BinaryMetrics
    /// How far the metrics would move on other rows of the same kind; nil (JSON null) when not asked for.
    public let intervals: BootstrapIntervals?
    /// ROC, precision-recall and calibration.
    public let curves: BinaryCurves

    private enum CodingKeys: String, CodingKey {
        case metrics
        case intervals
        case curves
    }

    /// Judges probabilities by the labels they were given for.
    ///
    /// - Shape: one label and one probability a row, in any order: no number depends on the order of the rows.
    /// - Missing: none allowed.
    /// - Parameters:
    ///   - labels: true for rows of the positive class.
    ///   - probabilities: of the positive class, 0…1.
    ///   - threshold: a row is predicted positive when its probability is at least this.
    ///   - bootstrap: how to draw the intervals, or nil for none.
    /// - Returns: metrics, intervals and curves.
    /// - Throws: `malformedDataset` (lengths differ), `noUsableValues` (no rows), `invalidSetting` (a threshold, plan or
    ///   probability out of range).
    /// - Complexity: O(n + n · replicates): the rows are sorted once.
    public static func evaluate(
        labels: [Bool], probabilities: [Double], threshold: Double = 0.5, bootstrap: BootstrapPlan? = nil
    ) throws(LeewayError) -> BinaryEvaluation {
        let ranking = try RankedScores(labels: labels, probabilities: probabilities, threshold: threshold)
        var buffers = TallyBuffers(for: ranking)
        var intervals: BootstrapIntervals?
        if let bootstrap { intervals = try BootstrapIntervals(ranking, plan: bootstrap) }
        return BinaryEvaluation(
            metrics: BinaryMetrics(ranking.tally(&buffers), threshold: threshold), intervals: intervals,
            curves: BinaryCurves(ranking))
    }

    /// Writes `intervals: null` where there are none.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(metrics, forKey: .metrics)
        try container.encode(intervals, forKey: .intervals)
        try container.encode(curves, forKey: .curves)
    }
}
