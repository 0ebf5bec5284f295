import LeewayMonitor
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct JensenShannonTests {
    // Oracle: scipy 1.17.1, scipy.spatial.distance.jensenshannon(p, q).
    @Test(arguments: [
        (BinnedSamples.even, 0.022378460406313735), (.five, 0.047111504601070296), (.two, 0.01795582619316812),
        (.twelve, 0.020372229653838756), (.small, 0.15004818124178132), (.empty, 0.44106340871814415),
    ])
    func `the distance is scipy's`(samples: BinnedSamples, distance: Double) {
        let result = JensenShannon().evaluate(samples.sides)
        #expect(isClose(result.distance, distance, 1e-11) && result.statistic == result.distance)
    }

    @Test func `without a bin in common it is the root of ln 2`() {
        #expect(isClose(JensenShannon().evaluate(BinnedSamples.apart.sides).distance, M_LN2.squareRoot(), 1e-15))
    }

    // Oracle: 8 d² / (1/n + 1/m) of scipy's distance, and scipy 1.17.1 chi2.sf of it with one degree less than bins.
    @Test(arguments: [
        (BinnedSamples.even, 0.3027884222478539), (.five, 1.7572550787148553e-11), (.twelve, 0.43335810600730024),
    ])
    func `with many rows the p-value is that of a chi-square number`(samples: BinnedSamples, p: Double) {
        #expect(isClose(JensenShannon().evaluate(samples.sides).pValue, p, 0.08))
    }

    @Test(arguments: [(BinDraws.zipf(100), 1_000, 100), (BinDraws.zipf(5_000), 1_000, 1_000)])
    func `rare and unseen categories are no drift`(shares: [Double], reference: Int, window: Int) throws {
        var draws = BinDraws(shares: shares, seed: 7)
        var alarms = 0
        for _ in 0..<120 where try #require(JensenShannon().evaluate(draws.sides(reference, window)).pValue) < 0.05 {
            alarms += 1
        }
        // 6 are expected, 14 with a chance of 3 in 1,000.
        #expect(alarms < 14)
    }

    @Test func `shares that differ by a part in 10¹⁵ have a distance`() {
        let sides = BinnedSides(reference: [1 << 50, 1 << 50], window: [1 << 50 + 1, 1 << 50 - 1])
        // d²/8 of each bin, d being the relative difference of 2⁻⁵⁰ to the mean.
        #expect(isClose(JensenShannon().evaluate(sides).distance, 0x1p-50 / 8.0.squareRoot(), 1e-6))
    }
}
