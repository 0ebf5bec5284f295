import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

/// Oracle of values: scikit-learn 1.9.1 (accuracy_score … log_loss, brier_score_loss); of intervals: scipy 1.17.1
/// `binomtest(k, n).proportion_ci(method="wilson")`, `scipy.stats.sem`; DeLong's standard error from all pairs in numpy 2.4.6.
@Suite struct RealisedPerformanceTests {
    private func isNear(_ left: Double?, _ right: Double, _ tolerance: Double = 1e-12) -> Bool {
        left.map { abs($0 - right) < tolerance } ?? false
    }

    @Test func `matches scikit-learn`() throws {
        let figures = try PerformanceFixture.grid.realised
        let expected: [BinaryMetric: Double] = [
            .accuracy: 0.729, .precision: 0.61, .recall: 0.800524934383202, .f1: 0.6923950056753689,
            .rocAUC: 0.8166556421965834, .logLoss: 0.5610362949867824, .brierScore: 0.1839738125,
        ]
        for (metric, value) in expected { #expect(isNear(figures.value(metric), value), "\(metric)") }
        #expect(figures.rows == 2_000)
        #expect(figures.metrics.count == 7)
    }

    @Test func `intervals of shares are Wilson's`() throws {
        let figures = try PerformanceFixture.grid.realised
        let accuracy = figures[.accuracy]?.figure?.interval
        #expect(isNear(accuracy?.lower, 0.7090950600739226) && isNear(accuracy?.upper, 0.7480269322712637))
        let precision = figures[.precision]?.figure?.interval
        #expect(isNear(precision?.lower, 0.5794035195028066) && isNear(precision?.upper, 0.6397545936303711))
        let recall = figures[.recall]?.figure?.interval
        #expect(isNear(recall?.lower, 0.7706758238645651) && isNear(recall?.upper, 0.8273591802801127))
        // Of 610 of 1,152, carried over by 2π / (1 + π).
        let f1 = figures[.f1]?.figure?.interval
        #expect(isNear(f1?.lower, 2 * 0.5006409162688134 / 1.5006409162688134))
        #expect(isNear(f1?.upper, 2 * 0.5581906816818091 / 1.5581906816818091))
    }

    @Test func `the AUC's error is DeLong's, the losses' that of a mean`() throws {
        let figures = try PerformanceFixture.grid.realised
        #expect(isNear(figures.error(.rocAUC), 0.009692119346474602))
        #expect(isNear(figures.error(.logLoss), 0.014421616191034414))
        #expect(isNear(figures.error(.brierScore), 0.004880095132467421))
        var tied = PerformanceFixture.grid
        // numpy.round: half to even.
        tied.scores = tied.scores.map { ($0 * 10).rounded(.toNearestOrEven) / 10 }
        #expect(isNear(try tied.realised.value(.rocAUC), 0.8143564041570732))
        #expect(isNear(try tied.realised.error(.rocAUC), 0.00968882992304998))
    }

    @Test func `the order of the rows is nothing`() throws {
        var turned = PerformanceFixture.grid
        turned.scores.reverse()
        turned.decisions.reverse()
        turned.labels.reverse()
        #expect(try turned.realised == PerformanceFixture.grid.realised)
    }

    /// How often the intervals hold what 60,000 rows give, over windows of 60 and 500 rows.
    @Test(arguments: [60, 500])
    func `intervals cover the truth`(count: Int) throws {
        var generator = SeededGenerator(seed: 9, stream: UInt64(count))
        let truth = try PerformanceFixture.drawn(60_000, &generator) { $0 }.realised
        var (covered, repetitions) = ([BinaryMetric: Int](), 200)
        for _ in 0..<200 {
            let figures = try PerformanceFixture.drawn(count, &generator) { $0 }.realised
            guard figures[.rocAUC]?.figure != nil else {
                repetitions -= 1
                continue
            }
            for metric in figures.metrics {
                guard let interval = figures[metric]?.figure?.interval else { continue }
                if (interval.lower...interval.upper).contains(truth.value(metric)) { covered[metric, default: 0] += 1 }
            }
        }
        for (metric, hits) in covered { #expect(Double(hits) / Double(repetitions) > 0.9, "\(metric): \(hits)") }
    }

    @Test func `says nothing of no rows, few rows or one class`() throws {
        #expect(try PerformanceFixture().realised.reason(.accuracy) == .emptyWindow)
        var rows = PerformanceFixture()
        for place in 0..<29 { rows.add(Double(place) / 29, false) }
        #expect(try rows.realised.reason(.logLoss) == .tooFewRows)
        rows.add(0.2, false)
        let figures = try rows.realised
        #expect(figures.value(.accuracy) == 16.0 / 30)
        #expect(figures.reason(.rocAUC) == .oneClass)
        #expect(figures.reason(.recall) == .tooFewRows)
        #expect(figures.value(.precision) == 0)
        for _ in 0..<9 { rows.add(0.9, true) }
        #expect(try rows.realised.reason(.rocAUC) == .tooFewRows)
        rows.add(0.9, true)
        #expect(try rows.realised[.rocAUC]?.figure != nil)
    }

    @Test func `without an error there still is an interval`() throws {
        var rows = PerformanceFixture()
        for place in 0..<40 { rows.add(place < 20 ? 0.1 : 0.9, place >= 20) }
        let figures = try rows.realised
        for metric in [BinaryMetric.accuracy, .precision, .recall, .f1, .rocAUC] {
            let interval = try #require(figures[metric]?.figure?.interval)
            #expect(interval.upper == 1)
            #expect(interval.lower > 0.7 && interval.lower < 0.95, "\(metric)")
        }
        // All scores tied: no order, and a variance of 0 that says so for sure.
        var tied = PerformanceFixture()
        for place in 0..<40 { tied.add(0.5, place >= 20) }
        let area = try #require(try tied.realised[.rocAUC]?.figure)
        #expect(area.value == 0.5)
    }

    @Test func `refuses rows that do not match`() {
        #expect(throws: LeewayError.self) {
            try RealisedPerformance.evaluate(scores: [0.5], decisions: [true], labels: [])
        }
        #expect(throws: LeewayError.self) {
            try RealisedPerformance.evaluate(scores: [2], decisions: [true], labels: [true])
        }
    }
}
