import Foundation
import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct WeightedConfidenceEstimateTests {
    @Test func `equal weights change nothing, whatever their scale`() throws {
        let grid = PerformanceFixture.grid
        let rows = try ScoredRows(labels: grid.labels, scores: grid.scores)
        let plain = ConfidenceEstimate(try #require(Calibrator(.isotonic, rows))).evaluate(try grid.window)
        for weight in [1, 0.25, 1_024.0] {
            let weighted = try WeightedConfidenceEstimate(
                labels: grid.labels, scores: grid.scores, weights: grid.labels.map { _ in weight })
            #expect(weighted.evaluate(try grid.window) == plain)
            #expect(weighted.effectiveCount == 2_000)
        }
    }

    /// Two kinds of rows of which one is as good as labelled at random, and the window has more of it.
    @Test func `sees what the scores alone do not tell`() throws {
        var generator = SeededGenerator(seed: 21)
        func draw(_ count: Int, hard: Double) -> (rows: PerformanceFixture, isHard: [Bool]) {
            let isHard = (0..<count).map { _ in PerformanceFixture.uniform(&generator) < hard }
            var rows = PerformanceFixture()
            for kind in isHard {
                let score = PerformanceFixture.uniform(&generator)
                rows.add(score, PerformanceFixture.uniform(&generator) < (kind ? 0.3 + 0.4 * score : score))
            }
            return (rows, isHard)
        }
        let (reference, isHard) = draw(20_000, hard: 0.2)
        let (window, _) = draw(5_000, hard: 0.8)
        let realised = try window.realised
        let calibrator = try CalibratorSelection.select(labels: reference.labels, scores: reference.scores)
        let plain = ConfidenceEstimate(calibrator).evaluate(try window.window)
        let weighted = try WeightedConfidenceEstimate(
            labels: reference.labels, scores: reference.scores, weights: isHard.map { $0 ? 4 : 0.25 }
        ).evaluate(try window.window)
        for metric in [BinaryMetric.accuracy, .rocAUC, .f1, .logLoss] {
            let figure = try #require(weighted[metric]?.figure)
            #expect((figure.interval.lower...figure.interval.upper).contains(realised.value(metric)), "\(metric)")
            #expect(abs(plain.value(metric) - realised.value(metric)) > 4 * plain.error(metric), "\(metric)")
        }
    }

    @Test func `one weight does not rule the others`() throws {
        let grid = PerformanceFixture.grid
        var weights = [Double](repeating: 1, count: 2_000)
        weights[7] = 1e12
        let weighted = try WeightedConfidenceEstimate(labels: grid.labels, scores: grid.scores, weights: weights)
        // It counts ten times the mean, beside which the others are nothing.
        #expect(weighted.effectiveCount < 1.001)
        #expect(weighted.evaluate(try grid.window).reason(.accuracy) == .tooFewRows)
        weights[7] = 1_000
        let limited = try WeightedConfidenceEstimate(labels: grid.labels, scores: grid.scores, weights: weights)
        #expect(limited.effectiveCount > 1_800)
    }

    @Test func `weights that leave too little are no evidence`() throws {
        let grid = PerformanceFixture.grid
        for weights in [grid.labels.indices.map { $0 < 150 ? 1.0 : 0 }, grid.labels.map { _ in 0 }] {
            let weighted = try WeightedConfidenceEstimate(
                labels: grid.labels, scores: grid.scores, weights: weights)
            #expect(weighted.evaluate(try grid.window).reason(.rocAUC) == .tooFewRows)
        }
        let empty = try WeightedConfidenceEstimate(labels: [], scores: [], weights: [])
        #expect(empty.evaluate(try grid.window).reason(.rocAUC) == .tooFewRows)
    }

    @Test func `refuses weights that are none`() {
        for weight in [-1, Double.nan, .infinity] {
            #expect(throws: LeewayError.self) {
                try WeightedConfidenceEstimate(labels: [true, false], scores: [0.1, 0.2], weights: [1, weight])
            }
        }
    }
}
