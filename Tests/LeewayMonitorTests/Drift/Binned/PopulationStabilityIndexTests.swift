import LeewayMonitor
import Testing

@Suite struct PopulationStabilityIndexTests {
    // Oracle: scipy 1.17.1, scipy.stats.entropy(p, q) + scipy.stats.entropy(q, p).
    @Test(arguments: [
        (BinnedSamples.even, 0.0040072800782389555), (.five, 0.017821256331952508), (.two, 0.0025796059058807615),
        (.twelve, 0.003321509018323128), (.small, 0.18286751859387645),
    ])
    func `the index is both relative entropies`(samples: BinnedSamples, index: Double) {
        let result = PopulationStabilityIndex().evaluate(samples.sides)
        #expect(isClose(result.distance, index, 1e-11) && result.statistic == result.distance)
    }

    // Oracle: numpy 2.3, the formula with .5/100 for the reference's empty bin and .5/20 for the window's.
    @Test func `an empty bin counts as half a row`() {
        #expect(isClose(PopulationStabilityIndex().evaluate(BinnedSamples.empty.sides).distance, 1.6732253979927145))
    }

    @Test func `a bin in which the window can't be expected to have half a row adds nothing by being empty`() {
        let sides = BinnedSides(reference: [60_000, 39_999, 1], window: [60, 40, 0])
        #expect(PopulationStabilityIndex().evaluate(sides).distance < 1e-8)
    }

    // Oracle: index / (1/n + 1/m), and scipy 1.17.1 chi2.sf of it with one degree less than bins.
    @Test(arguments: [
        (BinnedSamples.even, 0.3026858055767417), (.five, 1.5901259739531037e-11), (.twelve, 0.43300105326514354),
    ])
    func `with many rows the p-value is that of a chi-square number`(samples: BinnedSamples, p: Double) {
        #expect(isClose(PopulationStabilityIndex().evaluate(samples.sides).pValue, p, 0.08))
    }

    @Test func `the noise is a degree of freedom for each bin but one`() {
        let noise = PopulationStabilityIndex().evaluate(BinnedSamples.twelve.sides).noise
        #expect(isClose(noise, 11 * (1 / 48_000 + 1 / 3_600), 0.01))
    }
}
