import LeewayStats

/// How much worse calibrated a challenger is than the champion, on the same rows.
///
/// - Units: expected calibration error over ten bins of equal width, as `BinaryMetrics.expectedCalibrationError`.
/// - Interval: percentiles of 200 resamples of the rows, which both models share.
package struct CalibrationComparison: Sendable, Equatable, Codable {
    package let champion: Double
    package let challenger: Double
    /// What the challenger's error is above the champion's, at the 5 % quantile of the resamples: so much worse it surely is.
    package let excessAtLeast: Double

    private enum CodingKeys: String, CodingKey {
        case champion
        case challenger
        case excessAtLeast = "excess_at_least"
    }

    private static let resamples = 200

    /// Compares; nil where there are too few rows to say anything.
    package init?(_ scores: PairedScores, seed: UInt64) {
        guard scores.count >= PairedComparison.fewestRows else { return nil }
        let ones = [UInt8](repeating: 1, count: scores.count)
        champion = Self.error(scores.champion, scores.labels, ones)
        challenger = Self.error(scores.challenger, scores.labels, ones)
        var (generator, counts) = (SeededGenerator(seed: seed), ones)
        let excesses = (0..<Self.resamples).map { _ in
            counts.withUnsafeMutableBufferPointer { generator.resample(into: $0) }
            return Self.error(scores.challenger, scores.labels, counts)
                - Self.error(scores.champion, scores.labels, counts)
        }
        excessAtLeast = ValueCounts(excesses).quantile(0.05) ?? 0
    }

    private static func error(_ scores: [Double], _ labels: [Bool], _ counts: [UInt8]) -> Double {
        var (gaps, rows) = ([Double](repeating: 0, count: 10), 0.0)
        for place in scores.indices {
            // Bins are open on the left and closed on the right.
            let bin = min(max(Int((scores[place] * 10).rounded(.up)) - 1, 0), 9)
            let count = Double(counts[place])
            gaps[bin] += count * (scores[place] - (labels[place] ? 1 : 0))
            rows += count
        }
        return gaps.reduce(0) { $0 + abs($1) } / rows
    }
}
