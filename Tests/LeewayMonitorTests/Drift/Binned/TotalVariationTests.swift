import LeewayLearn
import LeewayMonitor
import Testing

@Suite struct TotalVariationTests {
    // Oracle: scipy 1.17.1, scipy.spatial.distance.cityblock(p, q) / 2.
    @Test(arguments: [
        (BinnedSamples.even, 0.03), (.five, 0.05113636363636363), (.two, 0.025), (.twelve, 0.021944444444444447),
        (.small, 0.16), (.empty, 0.35), (.apart, 1),
    ])
    func `the distance is scipy's`(samples: BinnedSamples, distance: Double) {
        let result = TotalVariation().evaluate(samples.sides)
        #expect(isClose(result.distance, distance) && result.statistic == result.distance)
        #expect(result.pValue == nil)
    }

    @Test func `the noise of two bins of many rows is the mean of one normal number's size`() {
        let noise = TotalVariation().evaluate(BinnedSamples.two.sides).noise
        let share = 10_150.0 / 17_000
        let variance = share * (1 - share) * (1.0 / 15_000 + 1.0 / 2_000)
        #expect(isClose(noise, (2 / Double.pi * variance).squareRoot(), 1e-9))
    }

    @Test(arguments: [BinDraws.zipf(2), BinDraws.zipf(20), BinDraws.zipf(100)])
    func `the interval's lower end is 0 in all but few windows without drift`(shares: [Double]) {
        var draws = BinDraws(shares: shares, seed: 13)
        var above = 0
        for _ in 0..<200 where TotalVariation().evaluate(draws.sides(1_000, 250)).interval.lower > 0 { above += 1 }
        // 10 would be 5 %; 20 come with a chance of 3 in 1,000.
        #expect(above < 20)
    }
}
