import LeewayMonitor
import Testing

@Suite struct HellingerTests {
    // Oracle: scipy 1.17.1, scipy.spatial.distance.euclidean(numpy.sqrt(p), numpy.sqrt(q)) / sqrt(2).
    @Test(arguments: [
        (BinnedSamples.even, 0.022379739522062785), (.five, 0.04715465915905598), (.two, 0.01795636975274837),
        (.twelve, 0.020374203304147548), (.small, 0.15061497648415698), (.empty, 0.5281336248975812), (.apart, 1),
    ])
    func `the distance is scipy's`(samples: BinnedSamples, distance: Double) {
        let result = Hellinger().evaluate(samples.sides)
        #expect(isClose(result.distance, distance) && result.statistic == result.distance)
    }

    // Oracle: 8 d² / (1/n + 1/m) of scipy's distance, and scipy 1.17.1 chi2.sf of it with one degree less than bins.
    @Test(arguments: [
        (BinnedSamples.even, 0.30273711800582326), (.five, 1.6718835322944715e-11), (.twelve, 0.4331796143341444),
    ])
    func `with many rows the p-value is that of a chi-square number`(samples: BinnedSamples, p: Double) {
        #expect(isClose(Hellinger().evaluate(samples.sides).pValue, p, 0.08))
    }
}
