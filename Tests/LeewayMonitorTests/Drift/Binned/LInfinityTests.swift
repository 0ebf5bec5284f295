import LeewayMonitor
import Testing

@Suite struct LInfinityTests {
    // Oracle: scipy 1.17.1, scipy.spatial.distance.chebyshev(p, q).
    @Test(arguments: [
        (BinnedSamples.even, 0.02), (.five, 0.041666666666666685), (.two, 0.025), (.twelve, 0.009444444444444436),
        (.small, 0.16), (.empty, 0.3), (.apart, 1),
    ])
    func `the distance is scipy's`(samples: BinnedSamples, distance: Double) {
        let result = LInfinity().evaluate(samples.sides)
        #expect(isClose(result.distance, distance) && result.statistic == result.distance)
    }

    // Oracle: scipy 1.17.1: hypergeom(N, c, m) of each bin's c of N rows, the sum of sf and cdf beyond E X ± d nm/N; of two
    // bins, of one alone.
    @Test(arguments: [
        (BinnedSamples.two, 0.03273958031210271), (.small, 0.42499744583533483),
        (BinnedSamples(reference: [700, 300], window: [40, 0]), 2.851796060130949e-05),
    ])
    func `the p-value is the bins' own, added up`(samples: BinnedSamples, p: Double) {
        #expect(isClose(LInfinity().evaluate(samples.sides).pValue, p, 1e-9))
    }

    @Test(arguments: [
        (BinDraws.zipf(2), 1_000, 100), (BinDraws.zipf(20), 1_000, 100), (Array(repeating: 1.0, count: 20), 2_000, 100),
        (BinDraws.zipf(5_000), 500, 500),
    ])
    func `it is an alarm in a quiet window no more often than stated`(shares: [Double], reference: Int, window: Int)
        throws
    {
        var draws = BinDraws(shares: shares, seed: 17)
        var alarms = 0
        for _ in 0..<200 where try #require(LInfinity().evaluate(draws.sides(reference, window)).pValue) < 0.05 {
            alarms += 1
        }
        // 10 would be 5 %; 20 come with a chance of 3 in 1,000.
        #expect(alarms < 20)
    }

    @Test func `one bin of a hundred that grew is found better than by all bins together`() throws {
        let reference = Array(repeating: 400, count: 100)
        var window = Array(repeating: 10, count: 100)
        window[0] = 28
        for bin in 1...18 { window[bin] -= 1 }
        let sides = BinnedSides(reference: reference, window: window)
        let (largest, all) = (LInfinity().evaluate(sides), ChiSquare().evaluate(sides))
        #expect(try #require(largest.pValue) < 0.001)
        #expect(try #require(all.pValue) > 0.1)
    }
}
