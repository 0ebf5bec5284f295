import Foundation
import LeewayLearn
import LeewayStats

/// Binary metrics as their definitions read: every pair of rows, every threshold, row by row.
///
/// Slow, and shares no code with what it checks but the random numbers and the confusion matrix.
struct NaiveMetrics {
    let labels: [Bool]
    let probabilities: [Double]
    let threshold: Double

    /// The rows that replicate `stream` draws: counts go to the rows by descending probability, positives first.
    static func resample(
        labels: [Bool], probabilities: [Double], threshold: Double, seed: UInt64, stream: UInt64
    ) -> NaiveMetrics {
        let order = labels.indices.sorted {
            (probabilities[$0], labels[$0] ? 1 : 0) > (probabilities[$1], labels[$1] ? 1 : 0)
        }
        var generator = SeededGenerator(seed: seed, stream: stream)
        var counts = [UInt8](repeating: 0, count: labels.count)
        counts.withUnsafeMutableBufferPointer { generator.resample(into: $0) }
        let rows = order.indices.flatMap { [Int](repeating: order[$0], count: Int(counts[$0])) }
        return NaiveMetrics(
            labels: rows.map { labels[$0] }, probabilities: rows.map { probabilities[$0] }, threshold: threshold)
    }

    private var rows: Range<Int> { labels.indices }
    private var positives: [Int] { rows.filter { labels[$0] } }
    private var negatives: [Int] { rows.filter { !labels[$0] } }

    var confusionMatrix: ConfusionMatrix {
        let predicted = probabilities.map { $0 >= threshold }
        return ConfusionMatrix(
            trueNegatives: rows.count { !labels[$0] && !predicted[$0] },
            falsePositives: rows.count { !labels[$0] && predicted[$0] },
            falseNegatives: rows.count { labels[$0] && !predicted[$0] },
            truePositives: rows.count { labels[$0] && predicted[$0] })
    }

    var rocAUC: Double? {
        guard !positives.isEmpty, !negatives.isEmpty else { return nil }
        var lost = 0.0
        for positive in positives {
            for negative in negatives where probabilities[negative] >= probabilities[positive] {
                lost += probabilities[negative] == probabilities[positive] ? 0.5 : 1
            }
        }
        return 1 - lost / (Double(positives.count) * Double(negatives.count))
    }

    var averagePrecision: Double {
        let sum = positives.reduce(0.0) { sum, row in
            let above = rows.filter { probabilities[$0] >= probabilities[row] }
            return sum + Double(above.count { labels[$0] }) / Double(above.count)
        }
        return positives.isEmpty ? 0 : sum / Double(positives.count)
    }

    var logLoss: Double {
        mean { row in
            let share = labels[row] ? probabilities[row] : 1 - probabilities[row]
            return -log(min(max(share, 1e-15), 1 - 1e-15))
        }
    }

    var brierScore: Double { mean { pow(probabilities[$0] - (labels[$0] ? 1 : 0), 2) } }

    var expectedCalibrationError: Double {
        (1...10).reduce(0.0) { sum, bin in
            let members = rows.filter { row in
                let place = (probabilities[row] * 10).rounded(.up)
                return Int(max(place, 1)) == bin
            }
            let gap = members.reduce(0.0) { $0 + probabilities[$1] - (labels[$1] ? 1 : 0) }
            return sum + abs(gap) / Double(rows.count)
        }
    }

    var meanProbability: Double { mean { probabilities[$0] } }

    private func mean(_ value: (Int) -> Double) -> Double { rows.reduce(0.0) { $0 + value($1) } / Double(rows.count) }
}
