import Foundation
import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct ConfidenceEstimateTests {
    private func estimate(_ rows: PerformanceFixture) throws -> PerformanceFigures {
        ConfidenceEstimate(try #require(try PerformanceFixture.certain())).evaluate(try rows.window)
    }

    // Oracle: NannyML 0.13.1, nannyml.performance_estimation.confidence_based.metrics: estimate_accuracy,
    // estimate_precision, estimate_recall, estimate_f1 (y_pred, y_pred_proba), estimate_roc_auc(s, s); its AUC counts each
    // row as a pair with itself.
    @Test func `matches NannyML`() throws {
        let figures = try estimate(.grid)
        for metric in [BinaryMetric.accuracy, .precision, .recall, .f1] {
            #expect(abs(figures.value(metric) - 0.75) < 1e-12)
        }
        #expect(abs(figures.value(.rocAUC) - 0.8333332500000001) < 2e-4)
        #expect(figures.rows == 2_000)
    }

    /// The naive sum over all pairs of two rows.
    @Test func `the AUC is the ratio of expected pairs`() throws {
        var generator = SeededGenerator(seed: 5)
        var rows = PerformanceFixture()
        for _ in 0..<40 { rows.add((PerformanceFixture.uniform(&generator) * 20).rounded() / 20, false) }
        var (concordant, pairs) = (0.0, 0.0)
        for (place, positive) in rows.scores.enumerated() {
            for (other, negative) in rows.scores.enumerated() where other != place {
                let weight = positive * (1 - negative)
                pairs += weight
                concordant += weight * (positive > negative ? 1 : positive == negative ? 0.5 : 0)
            }
        }
        #expect(abs(try estimate(rows).value(.rocAUC) - concordant / pairs) < 1e-12)
    }

    /// What labels drawn from the probabilities give: their mean and spread are the estimate and its standard error.
    @Test(arguments: [60, 400])
    func `draws of the labels agree`(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        var rows = PerformanceFixture.drawn(count, &generator) { $0 }
        let figures = try estimate(rows)
        var sums: [BinaryMetric: (sum: Double, squares: Double)] = [:]
        let draws = 800
        for _ in 0..<draws {
            rows.labels = rows.scores.map { PerformanceFixture.uniform(&generator) < $0 }
            let realised = try rows.realised
            for metric in ConfidenceEstimate.metrics {
                let value = realised.value(metric)
                sums[metric, default: (0, 0)].sum += value
                sums[metric, default: (0, 0)].squares += value * value
            }
        }
        for (metric, sum) in sums {
            let mean = sum.sum / Double(draws)
            let sd = (sum.squares / Double(draws) - mean * mean).squareRoot()
            #expect(abs(figures.value(metric) - mean) < 4 * sd / Double(draws).squareRoot() + 0.1 * sd, "\(metric)")
            #expect(abs(figures.error(metric) / sd - 1) < 0.12, "\(metric)")
        }
    }

    /// References of 1,000 rows, later windows of other scores, and a model that is over-confident.
    @Test func `intervals cover what came`() throws {
        var covered: [BinaryMetric: Int] = [:]
        let repetitions = 150
        for repetition in 0..<repetitions {
            var generator = SeededGenerator(seed: 77, stream: UInt64(repetition))
            func share(_ score: Double) -> Double {
                let odds = exp(0.7 * log(score / (1 - score)) + 0.3)
                return odds / (1 + odds)
            }
            let reference = PerformanceFixture.drawn(1_000, &generator, share)
            let window = PerformanceFixture.drawn(700, mean: 0, &generator, share)
            let calibrator = try CalibratorSelection.select(labels: reference.labels, scores: reference.scores)
            let estimated = ConfidenceEstimate(calibrator).evaluate(try window.window)
            let realised = try window.realised
            for metric in ConfidenceEstimate.metrics {
                let interval = try #require(estimated[metric]?.figure?.interval)
                if (interval.lower...interval.upper).contains(realised.value(metric)) {
                    covered[metric, default: 0] += 1
                }
            }
        }
        for (metric, count) in covered { #expect(Double(count) / Double(repetitions) > 0.9, "\(metric)") }
    }

    @Test func `counts in bins give what rows give`() throws {
        let grid = PerformanceFixture.grid
        let bins = WindowBins([], labels: ["no", "yes"])
        var counts = WindowCounts(bins)
        for score in grid.scores { counts.add(number: score, to: bins.score) }
        let calibrator = try CalibratorSelection.select(labels: grid.labels, scores: grid.scores)
        let exact = ConfidenceEstimate(calibrator).evaluate(try grid.window)
        let binned = ConfidenceEstimate(calibrator).evaluate(
            DecidedRows(scoreCells: counts.valueCounts(of: bins.score), threshold: 0.5))
        for metric in ConfidenceEstimate.metrics {
            #expect(abs(exact.value(metric) - binned.value(metric)) < 2e-3, "\(metric)")
            #expect(abs(exact.error(metric) / binned.error(metric) - 1) < 0.02, "\(metric)")
        }
    }

    @Test func `a short reference widens the interval`() throws {
        let grid = PerformanceFixture.grid
        func width(_ rows: Int) throws -> Double {
            let labels = Array(grid.labels.prefix(rows))
            let calibrator = Calibrator(
                .isotonic, try ScoredRows(labels: labels, scores: Array(grid.scores.prefix(rows))))
            let figures = ConfidenceEstimate(try #require(calibrator)).evaluate(try grid.window)
            let interval = try #require(figures[.accuracy]?.figure?.interval)
            return interval.upper - interval.lower
        }
        #expect(try width(200) > 1.5 * width(2_000))
    }

    @Test func `says nothing of few rows`() throws {
        var rows = PerformanceFixture()
        #expect(try estimate(rows).reason(.accuracy) == .emptyWindow)
        for place in 0..<29 { rows.add(Double(place) / 29, false) }
        #expect(try estimate(rows).reason(.f1) == .tooFewRows)
        rows.add(0.5, false)
        #expect(try estimate(rows)[.f1]?.figure != nil)
    }

    @Test func `says nothing of a ratio of nothing`() throws {
        var rows = PerformanceFixture()
        for _ in 0..<50 { rows.add(0, false) }
        let figures = try estimate(rows)
        #expect(figures.value(.accuracy) == 1)
        for metric in [BinaryMetric.precision, .recall, .f1, .rocAUC] { #expect(figures.reason(metric) == .tooFewRows) }
        // All scores alike: pairs are tied.
        var tied = PerformanceFixture()
        for _ in 0..<50 { tied.add(0.7, false) }
        #expect(abs(try estimate(tied).value(.rocAUC) - 0.5) < 1e-12)
        #expect(abs(try estimate(tied).value(.precision) - 0.7) < 1e-12)
    }

    @Test func `huge counts are no trouble`() throws {
        var counts = [Int](repeating: 0, count: 515)
        for cell in stride(from: 2, to: 514, by: 2) { counts[cell] = 1 << 44 }
        let calibrator = try #require(try PerformanceFixture.certain())
        let figures = ConfidenceEstimate(calibrator).evaluate(DecidedRows(scoreCells: counts, threshold: 0.5))
        #expect(abs(figures.value(.rocAUC) - 5.0 / 6) < 1e-4)
        #expect(abs(figures.value(.accuracy) - 0.75) < 1e-9)
    }

    @Test func `figures survive save and load`() throws {
        var rows = PerformanceFixture()
        for _ in 0..<50 { rows.add(0.1, false) }
        for figures in [try estimate(.grid), try estimate(rows)] {
            let data = try JSONEncoder().encode(figures)
            #expect(try JSONDecoder().decode(PerformanceFigures.self, from: data) == figures)
        }
    }
}
