import LeewayLearn
import LeewayMonitor
import Testing

@Suite struct GTestTests {
    // Oracle: scipy 1.17.1, chi2_contingency([reference, window], correction=False, lambda_="log-likelihood").
    @Test(arguments: [
        (BinnedSamples.even, 3.6399964830698224, 0.30305377666695793),
        (.five, 58.178973549336234, 6.9986003244707965e-12), (.two, 4.562495152617885, 0.03267942998693208),
        (.twelve, 11.100073506329139, 0.43491793886167673),
    ])
    func `with 200 rows expected in each bin it is scipy's`(samples: BinnedSamples, statistic: Double, p: Double) {
        let result = GTest().evaluate(samples.sides)
        #expect(isClose(result.statistic, statistic, 1e-11))
        #expect(isClose(result.pValue, p, 1e-10))
    }

    // Oracle: scipy 1.17.1 for the statistic; for p all tables with these margins, enumerated with multivariate_hypergeom.
    // Uncorrected, the first would be .0386 and the last .0083.
    @Test(arguments: [
        (BinnedSamples(reference: [500, 30, 20], window: [40, 8, 2]), 6.509334839748704, 0.05440116870710278, 0.2),
        (BinnedSamples.small, 3.6218595864678025, 0.1808508806712667, 0.1),
        (BinnedSamples(reference: [900, 60, 40], window: [80, 15, 5]), 9.57595708065289, 0.011879159194122748, 0.2),
    ])
    func `with fewer it is near the exact p-value`(
        samples: BinnedSamples, statistic: Double, p: Double, tolerance: Double
    ) {
        let result = GTest().evaluate(samples.sides)
        #expect(isClose(result.statistic, statistic, 1e-11))
        #expect(isClose(result.pValue, p, tolerance))
    }

    @Test func `its distance is the chi-square test's`() {
        for samples in BinnedSamples.edges {
            let (own, other) = (GTest().evaluate(samples.sides), ChiSquare().evaluate(samples.sides))
            #expect(own.distance == other.distance && own.noise == other.noise && own.interval == other.interval)
        }
    }

    // Oracle: scipy 1.17.1, chi2_contingency of the same counts with lambda_="log-likelihood": 16.00.
    @Test func `huge counts keep their digits`() {
        let (half, quarter) = (1 << 50, 1 << 49)
        let sides = BinnedSides(
            reference: [half, quarter, quarter], window: [half + 1 << 27, quarter - 1 << 26, quarter - 1 << 26])
        #expect(isClose(GTest().evaluate(sides).statistic, 16, 1e-7))
    }

    // Oracle: scipy 1.17.1, chi2_contingency([[40, 30, 30, 0], [10, 0, 5, 5]], lambda_="log-likelihood"), where 0 · log 0 = 0.
    @Test func `an empty bin of one side adds nothing of its own`() {
        // The new category is apart, so the statistic is of all four bins.
        #expect(isClose(GTest().evaluate(BinnedSamples.empty.sides).statistic, 29.386305493905702, 1e-11))
    }
}
