package import LeewayCore
import LeewayLearn

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a model's metrics were on rows whose labels are known, each with an interval for the metric of the rows that
/// these are a sample of.
///
/// - Accuracy, precision, recall: Wilson's interval; precision given how many rows were called positive, recall given how
///   many are.
/// - F1: 2π / (1 + π) with π = tp / (tp + fp + fn), whose Wilson interval is carried over.
/// - AUC: DeLong's variance, symmetric in log-odds; without an error among the pairs, Newcombe's interval.
/// - Log loss, Brier score: the mean of the rows' losses, symmetric about it.
/// - Few rows: no evidence below `fewestRows`; none for an AUC with fewer than `fewestOfAClass` rows of either class.
/// - Source: DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988); Newcombe, Statistics in Medicine 25 (2006), method 5;
///   values as `BinaryMetrics`.
package enum RealisedPerformance {
    /// Of fewer rows nothing is said.
    package static let fewestRows = 30
    /// With fewer rows of either class there is no AUC.
    package static let fewestOfAClass = 10

    /// Measures each metric of `ConfidenceEstimate.metrics`.
    ///
    /// - Parameters:
    ///   - scores: one a row, 0 … 1.
    ///   - decisions: whether a row was called positive.
    ///   - labels: whether it is.
    /// - Returns: a figure or a reason for each.
    /// - Throws: `malformedDataset` where lengths differ, `invalidSetting` for a score not in 0 … 1.
    /// - Complexity: O(n), O(n log n) below 2,000 rows.
    package static func evaluate(
        scores: [Double], decisions: [Bool], labels: [Bool]
    ) throws(LeewayError) -> PerformanceFigures {
        guard decisions.count == labels.count else {
            throw LeewayError(.malformedDataset, "Each row needs one decision and one label.")
        }
        let rows = try ScoredRows(labels: labels, scores: scores)
        var counts = [0, 0, 0, 0]
        for (decision, label) in zip(decisions, labels) { counts[(label ? 2 : 0) + (decision ? 1 : 0)] += 1 }
        let matrix = ConfusionMatrix(
            trueNegatives: counts[0], falsePositives: counts[1], falseNegatives: counts[2], truePositives: counts[3])
        let metrics = ConfidenceEstimate.metrics
        guard matrix.count > 0 else { return PerformanceFigures(without: .emptyWindow, of: metrics) }
        guard matrix.count >= fewestRows else {
            return PerformanceFigures(without: .tooFewRows, of: metrics, rows: matrix.count)
        }
        let (found, called) = (matrix.truePositives, matrix.truePositives + matrix.falsePositives)
        let outcomes: [BinaryMetric: PerformanceOutcome] = [
            .accuracy: share(found + matrix.trueNegatives, of: matrix.count),
            .precision: share(found, of: called),
            .recall: share(found, of: matrix.positives),
            .f1: f1(matrix),
            .rocAUC: area(scores, labels, matrix),
            .logLoss: mean(rows) { score in (-log(max(score, clip)), -log(max(1 - score, clip))) },
            .brierScore: mean(rows) { score in ((1 - score) * (1 - score), score * score) },
        ]
        return PerformanceFigures(rows: matrix.count, outcomes: outcomes)
    }

    /// Where the log loss of a score ends, as in `BinaryMetrics`.
    private static let clip = 1e-15

    private static func share(_ part: Int, of count: Int) -> PerformanceOutcome {
        guard count > 0 else { return .noEvidence(.tooFewRows) }
        let value = Double(part) / Double(count)
        return .known(
            PerformanceFigure(
                value: value, interval: PerformanceInterval.wilson(part, of: count),
                standardError: (value * (1 - value) / Double(count)).squareRoot()))
    }

    private static func f1(_ matrix: ConfusionMatrix) -> PerformanceOutcome {
        let count = matrix.count - matrix.trueNegatives
        guard count > 0 else { return .noEvidence(.tooFewRows) }
        func f1(_ share: Double) -> Double { 2 * share / (1 + share) }
        let share = Double(matrix.truePositives) / Double(count)
        let interval = PerformanceInterval.wilson(matrix.truePositives, of: count)
        // The delta method: the derivative of 2π / (1 + π) is 2 / (1 + π)².
        let error = (share * (1 - share) / Double(count)).squareRoot() * 2 / ((1 + share) * (1 + share))
        return .known(
            PerformanceFigure(
                value: matrix.f1, interval: ConfidenceInterval(lower: f1(interval.lower), upper: f1(interval.upper)),
                standardError: error))
    }

    private static func mean(
        _ rows: ScoredRows, _ cost: (Double) -> (positive: Double, negative: Double)
    ) -> PerformanceOutcome {
        var (sum, count) = (0.0, 0.0)
        var costs: [(cost: Double, rows: Double)] = []
        for (place, score) in rows.scores.enumerated() {
            let cost = cost(score)
            let positives = rows.positives[place]
            costs.append((cost.positive, positives))
            costs.append((cost.negative, rows.weights[place] - positives))
            count += rows.weights[place]
        }
        for cost in costs { sum += cost.cost * cost.rows }
        let value = sum / count
        let squares = costs.reduce(0) { $0 + ($1.cost - value) * ($1.cost - value) * $1.rows }
        let error = (squares / (count - 1) / count).squareRoot()
        return .known(
            PerformanceFigure(
                value: value, interval: PerformanceInterval.positive(value, error), standardError: error))
    }

    private static func area(_ scores: [Double], _ labels: [Bool], _ matrix: ConfusionMatrix) -> PerformanceOutcome {
        guard matrix.positives > 0, matrix.negatives > 0 else { return .noEvidence(.oneClass) }
        guard min(matrix.positives, matrix.negatives) >= fewestOfAClass else { return .noEvidence(.tooFewRows) }
        let placements = ScorePlacements(
            reference: zip(scores, labels).filter { !$0.1 }.map(\.0),
            window: zip(scores, labels).filter(\.1).map(\.0))
        let error = placements.variance.squareRoot()
        // Without an error among the pairs no variance is seen, though there is one.
        let interval =
            placements.area > 0 && placements.area < 1
            ? PerformanceInterval.logit(placements.area, error)
            : PerformanceInterval.area(
                placements.area, positives: Double(matrix.positives), negatives: Double(matrix.negatives))
        return .known(PerformanceFigure(value: placements.area, interval: interval, standardError: error))
    }
}
