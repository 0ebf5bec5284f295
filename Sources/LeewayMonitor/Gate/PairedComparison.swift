package import LeewayLearn
import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// By how much a challenger is better than the champion on the same rows, and how sure that is.
///
/// - Log loss, Brier score: the mean over the rows of what the champion loses more, with Student's t.
/// - AUC: the difference of the areas, with DeLong's covariance and the normal distribution.
/// - Units: of the metric; above 0 the challenger is better, for losses too.
/// - Edge cases: equal scores everywhere give 0 with a p-value of 1.
/// - Source: DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988); scipy 1.17 `ttest_rel(champion, challenger,
///   alternative="greater")` on the rows' losses.
package struct PairedComparison: Sendable, Equatable, Codable {
    /// Of fewer rows nothing is said.
    package static let fewestRows = 30
    /// With fewer rows of either class there is no AUC.
    package static let fewestOfAClass = 10

    package let metric: GateMetric
    package let rows: Int
    /// The metric of each model on these rows.
    package let champion: Double
    package let challenger: Double
    /// How much better the challenger is.
    package let improvement: Double
    package let standardError: Double
    /// For losses, the rows less one; nil for the normal distribution.
    package let degreesOfFreedom: Double?

    private enum CodingKeys: String, CodingKey {
        case metric
        case rows
        case champion
        case challenger
        case improvement
        case standardError = "standard_error"
        case degreesOfFreedom = "degrees_of_freedom"
    }

    /// Compares; nil where there are too few rows to say anything.
    ///
    /// - Complexity: O(n log n) for the AUC, else O(n).
    package init?(_ metric: GateMetric, _ scores: PairedScores) {
        guard scores.count >= Self.fewestRows else { return nil }
        (self.metric, rows) = (metric, scores.count)
        let cost: (Double, Bool) -> Double
        switch metric {
        case .logLoss: cost = { -log(max($1 ? $0 : 1 - $0, Self.clip)) }
        case .brierScore: cost = { ($0 - ($1 ? 1 : 0)) * ($0 - ($1 ? 1 : 0)) }
        case .rocAUC:
            let positives = scores.labels.count { $0 }
            guard min(positives, scores.count - positives) >= Self.fewestOfAClass else { return nil }
            let areas = PairedAreas(scores)
            (champion, challenger) = (areas.champion, areas.challenger)
            (improvement, standardError) = (areas.challenger - areas.champion, areas.variance.squareRoot())
            degreesOfFreedom = nil
            return
        }
        let (first, second) = (zip(scores.champion, scores.labels), zip(scores.challenger, scores.labels))
        let differences = zip(first, second).map { cost($0.0, $0.1) - cost($1.0, $1.1) }
        let n = Double(rows)
        let mean = differences.reduce(0, +) / n
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        champion = first.reduce(0) { $0 + cost($1.0, $1.1) } / n
        challenger = second.reduce(0) { $0 + cost($1.0, $1.1) } / n
        (improvement, standardError) = (mean, (squares / (n - 1) / n).squareRoot())
        degreesOfFreedom = n - 1
    }

    /// Where the log loss of a score ends, as in `BinaryMetrics`.
    private static let clip = 1e-15

    /// The chance of at least this improvement where the challenger is worse by `tolerance`, or is as good for 0.
    package func pValue(toleratingLoss tolerance: Double = 0) -> Double {
        let excess = improvement + tolerance
        guard standardError > 0 else { return excess > 0 ? 0 : 1 }
        return upperTail(excess / standardError)
    }

    /// The chance of at most this improvement where the challenger is worse by `tolerance`: small where it is worse than that.
    package func pValueOfHarm(beyond tolerance: Double) -> Double {
        let excess = improvement + tolerance
        guard standardError > 0 else { return excess < 0 ? 0 : 1 }
        return upperTail(-excess / standardError)
    }

    /// The two-sided interval of the improvement.
    package func interval(confidence: Double = 0.95) -> ConfidenceInterval {
        let tail = (1 - confidence) / 2
        let quantile =
            degreesOfFreedom.map { StudentDistribution(degreesOfFreedom: $0).quantile(upperTail: tail) }
            ?? -NormalDistribution.quantile(tail)
        return ConfidenceInterval(
            lower: improvement - quantile * standardError, upper: improvement + quantile * standardError)
    }

    private func upperTail(_ statistic: Double) -> Double {
        degreesOfFreedom.map { StudentDistribution(degreesOfFreedom: $0).upperTail(statistic) }
            ?? NormalDistribution.upperTail(statistic)
    }
}

/// The areas under two ROC curves of the same rows, and the variance of their difference.
private struct PairedAreas {
    let champion: Double
    let challenger: Double
    let variance: Double

    /// Takes scores with rows of both classes.
    init(_ scores: PairedScores) {
        let (first, second) = (
            Self.placements(scores.champion, scores.labels), Self.placements(scores.challenger, scores.labels)
        )
        champion = Self.area(first, scores.labels)
        challenger = Self.area(second, scores.labels)
        var sums = (positive: 0.0, negative: 0.0, positives: 0.0, negatives: 0.0)
        for (place, label) in scores.labels.enumerated() {
            let difference = second[place] - first[place]
            if label {
                (sums.positive, sums.positives) = (sums.positive + difference, sums.positives + 1)
            } else {
                (sums.negative, sums.negatives) = (sums.negative + difference, sums.negatives + 1)
            }
        }
        let means = (sums.positive / sums.positives, sums.negative / sums.negatives)
        var squares = (positive: 0.0, negative: 0.0)
        for (place, label) in scores.labels.enumerated() {
            let difference = second[place] - first[place]
            if label {
                squares.positive += (difference - means.0) * (difference - means.0)
            } else {
                squares.negative += (difference - means.1) * (difference - means.1)
            }
        }
        variance =
            squares.positive / (sums.positives - 1) / sums.positives
            + squares.negative / (sums.negatives - 1) / sums.negatives
    }

    /// For each row, the share of the other class that it is on the right side of, ties half.
    private static func placements(_ scores: [Double], _ labels: [Bool]) -> [Double] {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        let positives = Double(labels.count { $0 })
        let negatives = Double(labels.count) - positives
        var placements = [Double](repeating: 0, count: scores.count)
        var (start, negativesBelow, positivesBelow) = (0, 0.0, 0.0)
        while start < order.count {
            var end = start
            var (tiedPositives, tiedNegatives) = (0.0, 0.0)
            while end < order.count, scores[order[end]] == scores[order[start]] {
                if labels[order[end]] { tiedPositives += 1 } else { tiedNegatives += 1 }
                end += 1
            }
            for place in order[start..<end] {
                placements[place] =
                    labels[place]
                    ? (negativesBelow + tiedNegatives / 2) / negatives
                    : (positives - positivesBelow - tiedPositives / 2) / positives
            }
            negativesBelow += tiedNegatives
            positivesBelow += tiedPositives
            start = end
        }
        return placements
    }

    private static func area(_ placements: [Double], _ labels: [Bool]) -> Double {
        var (sum, count) = (0.0, 0.0)
        for (placement, label) in zip(placements, labels) where label { (sum, count) = (sum + placement, count + 1) }
        return sum / count
    }
}
