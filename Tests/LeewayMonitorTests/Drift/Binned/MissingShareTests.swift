import LeewayLearn
import LeewayMonitor
import Testing

@Suite struct MissingShareTests {
    // Oracle: scipy 1.17.1, chi2_contingency([[600, 9400], [700, 14300]], correction=False): 21.637996321540626; h by numpy.
    @Test func `with 200 rows expected it is the test of two proportions`() {
        let result = MissingShare().evaluate(reference: (700, 15_000), window: (600, 10_000))
        #expect(result.method == .missingShare)
        #expect(isClose(result.statistic, 4.651665972696302))
        #expect(isClose(result.pValue, 3.2926411171313325e-06, 1e-10))
        #expect(isClose(result.distance, 0.05945176961673432, 1e-10))
        #expect(isClose(result.noise, (1.0 / 15_000 + 1.0 / 10_000).squareRoot(), 0.01))
        #expect(result.interval.lower > 0.03 && result.interval.upper < 0.09)
        let other = MissingShare().evaluate(reference: (600, 10_000), window: (700, 15_000))
        #expect(other.statistic == -result.statistic && isClose(other.distance, result.distance))
    }

    // Oracle: scipy 1.17.1, fisher_exact([[12, 88], [30, 470]]) and fisher_exact([[3, 97], [1, 999]]).
    @Test(arguments: [(30, 500, 12, 0.04989794027158016), (1, 1_000, 3, 0.002729781517535413)])
    func `with fewer it is Fisher's exact test`(missing: Int, rows: Int, window: Int, p: Double) {
        let result = MissingShare().evaluate(reference: (missing, rows), window: (window, 100))
        #expect(isClose(result.pValue, p, 1e-9))
    }

    @Test(arguments: [(0, 100, 0, 50), (100, 100, 50, 50), (0, 1, 0, 1), (1, 1, 1, 1), (0, 1 << 52, 0, 1)])
    func `nothing missing, or everything, is no evidence`(missing: Int, rows: Int, window: Int, windowRows: Int) {
        let result = MissingShare().evaluate(reference: (missing, rows), window: (window, windowRows))
        #expect(result.statistic == 0 && result.pValue == 1 && result.distance == 0)
        #expect(result.noise == 0 && result.interval.lower == 0)
        #expect(result.interval.upper.isFinite && result.interval.upper > 0)
    }

    @Test func `from nothing to everything is the largest distance`() {
        let result = MissingShare().evaluate(reference: (0, 1_000), window: (1_000, 1_000))
        #expect(isClose(result.distance, .pi, 1e-9) && isClose(result.interval.upper, .pi, 1e-9))
        #expect((result.pValue ?? 1) < 1e-300 && result.statistic.isFinite)
        #expect(result.interval.lower > 2.9)
    }

    // Oracle: Newcombe 1998, table II: 56/70 − 48/80 by method 10 is 0.0524 … 0.3339.
    @Test func `the difference of shares has Newcombe's interval`() {
        let interval = MissingShare().difference(reference: (48, 80), window: (56, 70))
        #expect(isClose(interval.lower, 0.0524, 1e-3) && isClose(interval.upper, 0.3339, 1e-3))
    }

    @Test(arguments: [(0.02, 0.02), (0.02, 0.05), (0.3, 0.4), (0.001, 0.01)])
    func `the interval has the true h 9 times of 10 and more`(share: Double, moved: Double) {
        var (reference, window) = (
            BinDraws(shares: [share, 1 - share], seed: 1), BinDraws(shares: [moved, 1 - moved], seed: 2)
        )
        let scale = 1e12
        let truth = MissingShare().evaluate(
            reference: (Int(share * scale), Int(scale)), window: (Int(moved * scale), Int(scale))
        ).distance
        var inside = 0
        for _ in 0..<200 {
            let interval = MissingShare().evaluate(
                reference: (reference.counts(2_000)[0], 2_000), window: (window.counts(500)[0], 500)
            ).interval
            if interval.lower <= truth, truth <= interval.upper { inside += 1 }
        }
        #expect(inside >= 176)
    }

    @Test(arguments: [0.005, 0.05, 0.4]) func `quiet windows are alarms as often as stated`(share: Double) throws {
        var draws = BinDraws(shares: [share, 1 - share], seed: 19)
        var alarms = 0
        for _ in 0..<300 {
            let result = MissingShare().evaluate(
                reference: (draws.counts(2_000)[0], 2_000), window: (draws.counts(200)[0], 200))
            if try #require(result.pValue) < 0.05 { alarms += 1 }
        }
        // 15 would be 5 %; 27 come with a chance of 2 in 1,000.
        #expect(alarms < 27)
    }
}
