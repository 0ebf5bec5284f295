import LeewayLearn

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The metrics that rows are expected to have where each cell's share of positives is known, with what one more positive
/// row of each cell adds to them.
///
/// Labels are taken for independent draws. Metrics that are no sums over rows are ratios of expectations.
struct ExpectedPerformance {
    /// A metric and its gradient.
    struct Expectation {
        let value: Double
        /// For each cell, the derivative by the label of one of its rows.
        let gradient: [Double]
    }

    private let cells: [DecidedRows.Cell]
    private let probabilities: [Double]
    private let count: Double
    /// Expected positives, expected positives among those called positive, and how many were called positive.
    private let (positives, found, called): (Double, Double, Double)

    /// Takes cells and the probability of each.
    init(_ rows: DecidedRows, probabilities: [Double]) {
        (cells, self.probabilities, count) = (rows.cells, probabilities, Double(rows.count))
        var (positives, found, called) = (0.0, 0.0, 0.0)
        for (cell, probability) in zip(cells, probabilities) {
            let rows = Double(cell.rows)
            positives += rows * probability
            if cell.isPositive { (found, called) = (found + rows * probability, called + rows) }
        }
        (self.positives, self.found, self.called) = (positives, found, called)
    }

    /// The expectation of a metric; nil where it is a ratio of nothing.
    func expectation(_ metric: BinaryMetric) -> Expectation? {
        switch metric {
        case .accuracy:
            let right = found + (count - called) - (positives - found)
            return sum(right / count) { ($0.isPositive ? 1 : -1) / count }
        case .precision:
            return called > 0 ? sum(found / called) { ($0.isPositive ? 1 : 0) / called } : nil
        case .recall:
            let recall = found / positives
            return positives > 0 ? sum(recall) { (($0.isPositive ? 1 : 0) - recall) / positives } : nil
        case .f1:
            let f1 = 2 * found / (called + positives)
            return called + positives > 0
                ? sum(f1) { (($0.isPositive ? 2 : 0) - f1) / (called + positives) } : nil
        case .rocAUC: return area
        case .logLoss:
            return mean { score in
                (-log(max(score, Self.clip)), -log(max(1 - score, Self.clip)))
            }
        case .brierScore: return mean { score in ((1 - score) * (1 - score), score * score) }
        default: return nil
        }
    }

    /// Where the log loss of a score ends, as in `BinaryMetrics`.
    private static let clip = 1e-15

    private func sum(_ value: Double, _ slope: (DecidedRows.Cell) -> Double) -> Expectation {
        Expectation(value: value, gradient: cells.map(slope))
    }

    /// The mean of what a score costs a positive and a negative row.
    private func mean(_ cost: (Double) -> (positive: Double, negative: Double)) -> Expectation {
        var (value, gradient) = (0.0, [Double]())
        for (cell, probability) in zip(cells, probabilities) {
            let cost = cost(cell.score)
            value += Double(cell.rows) * (probability * cost.positive + (1 - probability) * cost.negative)
            gradient.append((cost.positive - cost.negative) / count)
        }
        return Expectation(value: value / count, gradient: gradient)
    }

    /// The chance that a positive row scores above a negative one, a tie counting half.
    ///
    /// A row is no pair with itself, so its own p (1 − p) is taken off the pairs: exact for a window of any size.
    private var area: Expectation? {
        let negatives = count - positives
        // For each cell: expected negatives below and positives above, a tied score counting half.
        var below = [Double](repeating: 0, count: cells.count)
        var above = below
        var (concordant, single, start, negativesBelow, positivesBelow) = (0.0, 0.0, 0, 0.0, 0.0)
        while start < cells.count {
            var (end, tiedPositives, tiedNegatives) = (start, 0.0, 0.0)
            while end < cells.count, cells[end].score == cells[start].score {
                let (rows, probability) = (Double(cells[end].rows), probabilities[end])
                tiedPositives += rows * probability
                tiedNegatives += rows * (1 - probability)
                single += rows * probability * (1 - probability)
                end += 1
            }
            let lower = negativesBelow + tiedNegatives / 2
            let higher = positives - positivesBelow - tiedPositives / 2
            for place in start..<end { (below[place], above[place]) = (lower, higher) }
            concordant += tiedPositives * lower
            positivesBelow += tiedPositives
            negativesBelow += tiedNegatives
            start = end
        }
        let pairs = positives * negatives - single
        // One row, or rows that are all certain to be of one class, make no pair; the bound is rounding.
        guard pairs > 1e-12 * count * count, pairs > 0 else { return nil }
        let value = min(max((concordant - single / 2) / pairs, 0), 1)
        let gradient = cells.indices.map { (below[$0] - above[$0] - value * (negatives - positives)) / pairs }
        return Expectation(value: value, gradient: gradient)
    }
}
