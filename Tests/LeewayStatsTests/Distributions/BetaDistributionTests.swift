import LeewayStats
import Testing

@Suite struct BetaDistributionTests {
    // Oracle: mpmath 1.3.0, 40 digits, the continued fraction to 1e-33; scipy 1.17.1 betainc and betaincc agree to 1e-12.
    @Test(arguments: [
        (0.5, 0.5, 0.2, 0.2951672353008666, 0.7048327646991335),
        (0.5, 3, 0.9, 0.9996750253207289, 0.00032497467927108346),
        (1, 20, 1e-06, 1.9999810001139993e-05, 0.9999800001899989), (2, 5, 0.5, 0.890625, 0.109375),
        (10, 10, 0.1, 3.929882327128002e-06, 0.9999960701176729),
        (50, 3, 0.99, 0.9846473742663409, 0.015352625733659137),
        (200, 800, 0.2, 0.5063088533798631, 0.4936911466201369),
        (200, 800, 0.28, 0.9999999974502048, 2.5497951938721593e-09),
        (2_999, 2_999, 0.49, 0.06068779732134161, 0.9393122026786584),
        (3_000, 3_000, 0.49, 0.0606567635293476, 0.9393432364706524), (3_000, 3_000, 0.56, 1.0, 5.369091731646424e-21),
        (5_000, 20_000, 0.2, 0.5012615744602502, 0.49873842553974973),
        (4_000, 3_500, 0.53334, 0.5002564729320063, 0.4997435270679937),
        (3_001, 5e4, 0.06, 0.9995335858996862, 0.0004664141003137346),
        (1, 1e6, 2e-06, 0.864664987434044, 0.135335012565956), (5, 1e7, 3e-07, 0.184736931909205, 0.815263068090795),
        (5, 1e7, 2e-06, 0.9999830555858518, 1.6944414148244242e-05),
        (2_900, 1e6, 0.0033, 0.9999999999998472, 1.5272197233879438e-13),
        (1e5, 2e5, 0.334, 0.7807618138321331, 0.21923818616786697),
        (1e5, 2e5, 0.34, 0.9999999999999942, 5.766392459937407e-15),
    ])
    func `both tails are exact, near and far`(a: Double, b: Double, x: Double, lower: Double, upper: Double) {
        let distribution = BetaDistribution(a: a, b: b)
        #expect(relativeError(distribution.cumulative(x), lower) < 1e-12)
        #expect(relativeError(distribution.upperTail(x), upper) < 1e-12)
    }

    // Oracle: scipy 1.17.1, beta.ppf(p, a, b) and beta.isf(p, a, b).
    @Test(arguments: [
        (0.5, 0.5, 0.1, 0.024471741852423214, 0.9755282581475768), (1, 1, 0.3, 0.3, 0.7),
        (1, 20, 1e-12, 5.000000000002375e-14, 0.748811356849042),
        (2, 5, 0.025, 0.043271868292741676, 0.6412345789976748), (10, 10, 0.5, 0.5, 0.5),
        (50, 3, 0.9, 0.9786192225086043, 0.9008735232627163),
        (200, 800, 1e-05, 0.1496669923811182, 0.2571746970182751),
        (3_001, 5e4, 0.975, 0.058604959740837216, 0.05466987954581468),
        (1e5, 2e5, 0.01, 0.3313327734130373, 0.3353371613177651),
    ])
    func `quantiles match scipy`(a: Double, b: Double, probability: Double, lower: Double, upper: Double) {
        let distribution = BetaDistribution(a: a, b: b)
        #expect(relativeError(distribution.quantile(probability), lower) < 1e-12)
        #expect(relativeError(distribution.quantile(upperTail: probability), upper) < 1e-12)
    }

    @Test func `a quantile is the inverse of its tail`() {
        for a in [0.3, 1, 4, 70, 5_000, 1e7] {
            for b in [0.2, 1, 9, 400, 1e5, 1e8] {
                for probability in [1e-9, 0.01, 0.3] {
                    let distribution = BetaDistribution(a: a, b: b)
                    // Where x is within 1e-3 of 1, its last digit is worth more than the tolerance.
                    let x = distribution.quantile(probability)
                    #expect(x > 0.999 || relativeError(distribution.cumulative(x), probability) < 1e-9)
                    let y = distribution.quantile(upperTail: probability)
                    #expect(y > 0.999 || relativeError(distribution.upperTail(y), probability) < 1e-9)
                }
            }
        }
    }

    @Test func `the ends are where they belong`() {
        let distribution = BetaDistribution(a: 2, b: 3)
        #expect(distribution.cumulative(0) == 0 && distribution.upperTail(0) == 1)
        #expect(distribution.cumulative(1) == 1 && distribution.upperTail(1) == 0)
        #expect(distribution.cumulative(-1) == 0 && distribution.cumulative(2) == 1)
        #expect(distribution.quantile(0) == 0 && distribution.quantile(1) == 1)
        #expect(distribution.quantile(upperTail: 0) == 1 && distribution.quantile(upperTail: 1) == 0)
    }
}
