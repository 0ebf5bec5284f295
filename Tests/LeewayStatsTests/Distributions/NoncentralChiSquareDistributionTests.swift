import LeewayStats
import Testing

@Suite struct NoncentralChiSquareDistributionTests {
    // Oracle: mpmath 1.3.0, 50 digits, Σ Poisson(j; λ/2) · P(ν/2 + j, x/2) over all terms above 1e-40. scipy 1.17.1
    // ncx2.cdf and ncx2.sf agree to 1e-12 where they are no 0.
    @Test(arguments: [
        (1, 0.5, 0.3, 0.3319127240181973, 0.6680872759818026), (1, 0.5, 20, 0.9999166237869624, 8.337621303759159e-05),
        (1, 30, 31, 0.5360704638417516, 0.4639295361582484), (1, 1_000, 600, 5.09635937405106e-13, 0.9999999999994904),
        (1, 1_000, 1_300, 0.9999953477648963, 4.652235103725101e-06),
        (3, 2, 1e-06, 9.784176566498204e-11, 0.9999999999021583), (3, 2, 100, 1.0, 3.225861781041829e-17),
        (10, 50, 20, 0.0003395049991573854, 0.9996604950008426), (10, 50, 60, 0.5261392118012495, 0.4738607881987505),
        (10, 50, 200, 0.9999999999831956, 1.680449340663328e-11),
        (59, 0.1, 40, 0.026959691448907926, 0.973040308551092),
        (59, 0.1, 120, 0.9999950039004888, 4.996099511224004e-06),
        (100, 1e-09, 100, 0.5188083154438807, 0.4811916845561192),
        (100, 10, 60, 5.761178647079452e-05, 0.9999423882135292),
        (100, 10, 200, 0.9999990558997378, 9.441002621606158e-07),
        (1_000, 100, 900, 7.024926457650323e-06, 0.9999929750735423),
        (1_000, 1e4, 11_000, 0.5019157623999378, 0.4980842376000621),
        (1_000, 1e4, 12_500, 0.9999999999992956, 7.044682443579305e-13),
        (20, 1e5, 98_000, 0.0006672791648194776, 0.9993327208351805),
        (20, 1e5, 100_020, 0.5006307313590808, 0.4993692686409193),
        (20, 1e5, 104_000, 0.9999999997709084, 2.290915836564624e-10),
        (2, 1e7, 9_980_000, 0.0007780343192417197, 0.9992219656807583),
        (2, 1e7, 1.002e7, 0.9992126152730222, 0.0007873847269778141),
    ])
    func `both tails are exact, near and far`(
        degrees: Double, noncentrality: Double, x: Double, lower: Double, upper: Double
    ) {
        let distribution = NoncentralChiSquareDistribution(degreesOfFreedom: degrees, noncentrality: noncentrality)
        #expect(relativeError(distribution.cumulative(x), lower) < 1e-12)
        #expect(relativeError(distribution.upperTail(x), upper) < 1e-12)
    }

    @Test(arguments: [1.0, 4, 59, 61, 900, 2_500])
    func `noncentrality 0 is the central distribution`(degrees: Double) {
        let central = ChiSquareDistribution(degreesOfFreedom: degrees)
        let noncentral = NoncentralChiSquareDistribution(degreesOfFreedom: degrees, noncentrality: 0)
        for factor in [0.01, 0.5, 0.9, 1, 1.1, 2, 5] {
            let x = degrees * factor
            #expect(relativeError(noncentral.cumulative(x), central.cumulative(x)) < 1e-12)
            #expect(relativeError(noncentral.upperTail(x), central.upperTail(x)) < 1e-12)
        }
    }

    @Test func `the two ways of computing meet where they change over`() {
        // One degree of freedom is a normal number: P(X ≤ x) = Φ(√x − √λ) − Φ(−√x − √λ).
        for x in [2.0, 10, 20, 29, 30, 31, 40, 60, 100, 200] {
            for noncentrality in [1.0, 5, 20, 28, 30, 35, 60, 300] {
                let (root, mean) = (x.squareRoot(), noncentrality.squareRoot())
                let lower = NormalDistribution.cumulative(root - mean) - NormalDistribution.cumulative(-root - mean)
                let upper = NormalDistribution.upperTail(root - mean) + NormalDistribution.cumulative(-root - mean)
                let distribution = NoncentralChiSquareDistribution(degreesOfFreedom: 1, noncentrality: noncentrality)
                #expect(relativeError(distribution.cumulative(x), lower) < 1e-12)
                // Below the mean the upper tail is 1 less the lower one.
                let isUpper = x >= 1 + noncentrality
                #expect(relativeError(distribution.upperTail(x), upper) < (isUpper ? 1e-12 : 1e-14 / upper))
            }
        }
    }

    @Test func `the ends are where they belong`() {
        let distribution = NoncentralChiSquareDistribution(degreesOfFreedom: 2, noncentrality: 1e6)
        #expect(distribution.cumulative(0) == 0 && distribution.upperTail(0) == 1)
        #expect(distribution.cumulative(.infinity) == 1 && distribution.upperTail(.infinity) == 0)
        #expect(distribution.cumulative(1) == 0 && distribution.upperTail(1e9) == 0)
    }
}
