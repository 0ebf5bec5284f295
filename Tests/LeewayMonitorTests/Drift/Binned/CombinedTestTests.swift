import LeewayMonitor
import Testing

@Suite struct CombinedTestTests {
    /// One bin of a hundred that grew.
    private static let one = BinnedSamples(
        reference: Array(repeating: 40_000, count: 100),
        window: [280] + Array(repeating: 196, count: 20) + Array(repeating: 200, count: 79))

    // Oracle: scipy 1.17.1, min(1, 2 * min(a, b)), a = chi2_contingency([r, w], correction=False).pvalue, b the sum over the bins of
    // hypergeom(N, c, m).sf and .cdf beyond E X ± d nm/N, d = scipy.spatial.distance.chebyshev(p, q); of two bins, a. L-infinity takes
    // bins of nearly the same number of rows for the fullest of them, which makes the last one larger.
    @Test(arguments: [
        (BinnedSamples.even, 0.6069637961689593, 1e-12), (.five, 1.8380316854226697e-12, 1e-9),
        (.twelve, 0.8752266313816611, 1e-12), (.two, 0.03226206422895077, 1e-12), (one, 8.62593577027772e-06, 0.2),
    ])
    func `the p-value is twice the smaller one`(samples: BinnedSamples, p: Double, tolerance: Double) {
        #expect(isClose(CombinedTest().evaluate(samples.sides).pValue, p, tolerance))
    }

    @Test func `one bin among many is found, as far as L-infinity tells`() throws {
        let result = CombinedTest().evaluate(Self.one.sides)
        // Oracle: scipy 1.17.1, w of two normal distributions 2 * norm.ppf((1 + 0.004) / 2) apart, by scipy.integrate.quad.
        #expect(isClose(result.distance, 0.010_026_3, 1e-4))
        #expect(abs(result.shift - LInfinity().evaluate(Self.one.sides).shift) < 1e-4)
        #expect(ChiSquare().evaluate(Self.one.sides).shift == 0)
        #expect(try #require(result.pValue) < 1e-4)
    }

    @Test func `many small moves are found, as far as chi-square tells`() throws {
        let window = (0..<100).map { $0.isMultiple(of: 2) ? 220 : 180 }
        let sides = BinnedSides(reference: Self.one.reference, window: window)
        let (result, all) = (CombinedTest().evaluate(sides), ChiSquare().evaluate(sides))
        #expect(result.distance == all.distance && result.noise == all.noise && result.interval == all.interval)
        #expect(result.pValue == 2 * (try #require(all.pValue)))
        #expect(result.shift == all.shift && result.shift > 0.05)
    }

    @Test func `a single new category in a column of one is judged once`() throws {
        let sides = BinnedSides(reference: [500, 0], window: [490, 10])
        let result = CombinedTest().evaluate(sides)
        #expect(result.pValue == ChiSquare().evaluate(sides).pValue)
    }

    @Test(arguments: [
        (Array(repeating: 1.0, count: 5), 1_000, 100), (BinDraws.zipf(50), 1_000, 100),
        (BinDraws.zipf(100), 2_000, 1_000),
    ])
    func `it is an alarm in a quiet window no more often than stated`(shares: [Double], reference: Int, window: Int)
        throws
    {
        var draws = BinDraws(shares: shares, seed: 23)
        var alarms = 0
        for _ in 0..<400 where try #require(CombinedTest().evaluate(draws.sides(reference, window)).pValue) < 0.05 {
            alarms += 1
        }
        // 20 would be 5 %; 33 come with a chance of 3 in 1,000.
        #expect(alarms < 33)
    }
}
