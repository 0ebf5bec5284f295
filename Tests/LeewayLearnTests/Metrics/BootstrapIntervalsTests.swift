import Foundation
import LeewayCore
import LeewayLearn
import LeewayStats
import Testing

@Suite struct BootstrapIntervalsTests {
    /// Rows of a given size, of scores that tie or not, of balanced or rare classes.
    private static func rows(_ count: Int, seed: UInt64) -> (labels: [Bool], probabilities: [Double]) {
        var generator = SeededGenerator(seed: seed, stream: 99)
        let levels = [3, 17, 1 << 40][Int(seed % 3)]
        let rarity = seed % 2 == 0 ? 1.0 : 0.1
        let probabilities = (0..<count).map { _ in Double(generator.next(below: levels)) / Double(levels - 1) }
        let labels = probabilities.map { Double(generator.next(below: 1_000)) / 1_000 < $0 * rarity }
        return (labels, probabilities)
    }

    // A plan of one replicate has intervals of no width: the metrics of stream 0.
    @Test(arguments: [1, 2, 3, 7, 40, 150], 0..<12)
    func `a resample has the metrics of its definitions`(count: Int, seed: UInt64) throws {
        let (labels, probabilities) = Self.rows(count, seed: seed)
        let threshold = [0.5, 0.25, 0, 1][Int(seed % 4)]
        let naive = NaiveMetrics.resample(
            labels: labels, probabilities: probabilities, threshold: threshold, seed: seed, stream: 0)
        let fast = try #require(
            try BinaryEvaluation.evaluate(
                labels: labels, probabilities: probabilities, threshold: threshold,
                bootstrap: BootstrapPlan(replicates: 1, seed: seed)
            ).intervals)
        let matrix = naive.confusionMatrix
        #expect(fast[.accuracy]?.lower == matrix.accuracy)
        #expect(fast[.balancedAccuracy]?.lower == matrix.balancedAccuracy)
        #expect(fast[.precision]?.lower == matrix.precision)
        #expect(fast[.recall]?.lower == matrix.recall)
        #expect(fast[.f1]?.lower == matrix.f1)
        #expect(fast[.matthewsCorrelation]?.lower == matrix.matthewsCorrelation)
        #expect(fast[.positiveShare]?.lower == Double(matrix.positives) / Double(count))
        #expect(fast[.rocAUC]?.lower == naive.rocAUC)
        let sums: [(BinaryMetric, Double)] = [
            (.averagePrecision, naive.averagePrecision), (.logLoss, naive.logLoss), (.brierScore, naive.brierScore),
            (.expectedCalibrationError, naive.expectedCalibrationError), (.meanProbability, naive.meanProbability),
        ]
        for (metric, expected) in sums {
            let value = try #require(fast[metric])
            #expect(value.lower == value.upper)
            #expect(abs(value.lower - expected) < 1e-13, "\(metric)")
        }
    }

    @Test func `an interval is the quantiles of the replicates`() throws {
        let (labels, probabilities) = Self.rows(60, seed: 4)
        let plan = BootstrapPlan(replicates: 200, confidence: 0.9, seed: 11)
        let intervals = try #require(
            try BinaryEvaluation.evaluate(labels: labels, probabilities: probabilities, bootstrap: plan).intervals)
        let areas = ValueCounts(
            (0..<200).compactMap { stream in
                NaiveMetrics.resample(
                    labels: labels, probabilities: probabilities, threshold: 0.5, seed: 11, stream: UInt64(stream)
                ).rocAUC
            })
        #expect(intervals[.rocAUC]?.lower == areas.quantile((1 - 0.9) / 2))
        #expect(intervals[.rocAUC]?.upper == areas.quantile(1 - (1 - 0.9) / 2))
        #expect(intervals.replicates == 200 && intervals.confidence == 0.9 && intervals.seed == 11)
    }

    @Test func `threads change nothing`() throws {
        let (labels, probabilities) = MetricFixture.grid(2_000)
        let single = try intervals(labels, probabilities, BootstrapPlan(replicates: 101, seed: 5, threads: 1))
        for threads in [2, 3, 4, 500] {
            let plan = BootstrapPlan(replicates: 101, seed: 5, threads: threads)
            #expect(try intervals(labels, probabilities, plan) == single)
        }
        #expect(try intervals(labels, probabilities, BootstrapPlan(replicates: 101, seed: 6)) != single)
    }

    // Oracle: the normal interval of a share, p ± 1.96 · √(p (1 − p) / n), n = 5,000, p = .7542.
    @Test func `the interval of accuracy is that of a share`() throws {
        let (labels, probabilities) = MetricFixture.grid(5_000)
        let accuracy = try #require(try intervals(labels, probabilities, BootstrapPlan(seed: 1))[.accuracy])
        let reach = 1.959963984540054 * (0.7542 * (1 - 0.7542) / 5_000).squareRoot()
        #expect(abs(accuracy.lower - (0.7542 - reach)) < reach * 0.15)
        #expect(abs(accuracy.upper - (0.7542 + reach)) < reach * 0.15)
    }

    // Oracle: scipy 1.17.1 scipy.stats.bootstrap((y, p), roc_auc_score, paired=True, method="percentile",
    // n_resamples=5000, random_state=0) on the grid of 1,000 rows; two such runs differ by about .0015.
    @Test func `the interval of AUC is that of scipy`() throws {
        let (labels, probabilities) = MetricFixture.grid(1_000)
        let area = try #require(try intervals(labels, probabilities, BootstrapPlan(replicates: 5_000))[.rocAUC])
        #expect(abs(area.lower - 0.7984110067170614) < 0.002)
        #expect(abs(area.upper - 0.8484649233430096) < 0.002)
    }

    @Test func `resamples of one class are left out of the AUC`() throws {
        let some = try intervals([true, false, false], [0.9, 0.1, 0.2], BootstrapPlan(replicates: 300))
        #expect(some[.rocAUC] == ConfidenceInterval(lower: 1, upper: 1))
        let none = try intervals([true, true], [0.9, 0.1], BootstrapPlan(replicates: 300))
        #expect(none[.rocAUC] == nil)
        #expect(none[.accuracy] == ConfidenceInterval(lower: 0, upper: 1))
    }

    @Test func `refuses a plan that makes no sense`() {
        let plans = [
            BootstrapPlan(replicates: 0), BootstrapPlan(threads: 0), BootstrapPlan(confidence: 0),
            BootstrapPlan(confidence: 1), BootstrapPlan(confidence: .nan),
        ]
        for plan in plans {
            let error = #expect(throws: LeewayError.self) { try intervals([true], [0.5], plan) }
            #expect(error?.code == .invalidSetting)
        }
    }

    @Test func `JSON names every metric`() throws {
        let intervals = try intervals([true, true], [0.5, 0.5], BootstrapPlan(replicates: 2, seed: 9))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(intervals), as: UTF8.self)
        #expect(json.hasPrefix(#"{"confidence":0.95,"intervals":{"accuracy":{"lower":1,"upper":1},"#))
        #expect(json.contains(#""roc_auc":null},"replicates":2,"seed":9}"#))
        #expect(try JSONDecoder().decode(BootstrapIntervals.self, from: Data(json.utf8)) == intervals)
    }

    private func intervals(
        _ labels: [Bool], _ probabilities: [Double], _ plan: BootstrapPlan
    ) throws -> BootstrapIntervals {
        try #require(
            try BinaryEvaluation.evaluate(labels: labels, probabilities: probabilities, bootstrap: plan).intervals)
    }
}
