import LeewayStats
import Testing

@Suite struct GammaDistributionTests {
    // Oracle: mpmath 1.3.0, 40 digits, series and continued fraction of P and Q to 1e-30. scipy 1.17.1 gammainc and
    // gammaincc agree to 1e-12, but for P(5e6, 4988819.5), where gammainc is 0.7 % off.
    @Test(arguments: [
        (0.5, 1e-10, 1.1283791670579e-05, 0.9999887162083294), (0.5, 0.7, 0.7632764293621426, 0.23672357063785737),
        (0.5, 3, 0.9856941215645704, 0.01430587843542964), (0.5, 300, 1.0, 1.674167984691788e-132),
        (1, 1e-08, 9.999999950000001e-09, 0.9999999900000001), (2.5, 2.4, 0.559227031913337, 0.440772968086663),
        (10, 3, 0.0011024881301154798, 0.9988975118698845), (10, 40, 0.9999999960740678, 3.925932226286188e-09),
        (100, 100, 0.5132987982791487, 0.48670120172085135), (100, 40, 1.2062542053086514e-15, 0.9999999999999988),
        (100, 300, 1.0, 1.4110215102111522e-41), (999.5, 900, 0.0005819667290936773, 0.9994180332709063),
        (1_000, 1_000, 0.5042052441802155, 0.4957947558197845), (1_000, 700, 1.0158583345333217e-26, 1.0),
        (1_000, 1_400, 1.0, 8.04132540818483e-30), (1e5, 1e5, 0.5004205221103651, 0.4995794778896348),
        (1e5, 98_000, 9.690835158160487e-11, 0.9999999999030916), (1e5, 103_000, 1.0, 2.8706236917814667e-21),
        (5e6, 5e6, 0.5000594708039379, 0.4999405291960622),
        (5e6, 4_988_819.5, 2.8126805436247066e-07, 0.9999997187319456),
        (5e6, 5_005_000, 0.9873068148355215, 0.01269318516447845), (5e6, 5_050_000, 1.0, 2.4852506801423715e-110),
    ])
    func `both tails are exact, near and far`(shape: Double, x: Double, lower: Double, upper: Double) {
        let tails = GammaDistribution(shape: shape).tails(at: x)
        #expect(relativeError(tails.lower, lower) < 2e-13)
        #expect(relativeError(tails.upper, upper) < 2e-13)
    }

    @Test func `the two ways of computing meet where they change over`() {
        for step in -60...60 {
            let x = 1_000 * (1 + Double(step) / 100)
            let (below, above) = (GammaDistribution(shape: 999.999_999), GammaDistribution(shape: 1_000))
            let (lower, upper) = (below.tails(at: x).lower, above.tails(at: x).lower)
            // d log P / d a is at most |log(x / a)| + 1 here, and the shapes are 1e-6 apart.
            #expect(relativeError(upper, lower) < 1.2e-6 && upper <= lower)
        }
    }

    @Test func `shape 1 is the exponential distribution`() {
        let gamma = GammaDistribution(shape: 1)
        #expect(relativeError(gamma.upperTail(700), 9.859676543759770e-305) < 1e-13)
        #expect(relativeError(gamma.density(at: 2), 0.1353352832366127) < 1e-15)
        #expect(gamma.density(at: 0) == 1)
    }

    @Test func `nothing lies below 0 or above infinity`() {
        for shape in [0.5, 3, 2_000] {
            let gamma = GammaDistribution(shape: shape)
            #expect(gamma.tails(at: 0) == (0, 1))
            #expect(gamma.tails(at: -1) == (0, 1))
            #expect(gamma.tails(at: .infinity) == (1, 0))
            #expect(gamma.cumulative(1e300) == 1 && gamma.upperTail(1e300) == 0)
        }
    }
}
