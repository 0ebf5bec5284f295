import LeewayStats
import Testing

@Suite struct ChiSquareDistributionTests {
    // Oracle: scipy 1.17.1, chi2.ppf(p, df) and chi2.isf(p, df).
    @Test(arguments: [
        (1, 1e-20, 1.5707963267948978e-40, 87.16173342690982), (1, 0.05, 0.003932140000019522, 3.8414588206941285),
        (1, 0.95, 3.841458820694124, 0.003932140000019531), (2, 0.5, 1.386294361119891, 1.386294361119891),
        (3, 1e-09, 2.4179891003586014e-06, 44.841275330562404), (7, 0.999, 24.321886347856854, 0.598493752375376),
        (30, 0.025, 16.79077226556663, 46.97924224367116), (120, 0.5, 119.33399578175585, 119.33399578175585),
        (1_000, 1e-12, 716.9494787894976, 1347.620053856608), (1_000, 0.975, 1089.5309127749135, 914.257153799259),
        (2_500, 0.01, 2338.44921242892, 2667.4328797930134), (1e5, 0.05, 99265.53787816064, 100736.736177319),
    ])
    func `quantiles match scipy`(degrees: Double, probability: Double, lower: Double, upper: Double) {
        let distribution = ChiSquareDistribution(degreesOfFreedom: degrees)
        #expect(relativeError(distribution.quantile(probability), lower) < 1e-12)
        #expect(relativeError(distribution.quantile(upperTail: probability), upper) < 1e-12)
    }

    // Oracle: scipy 1.17.1, chi2.sf(x, df) and chi2.cdf(x, df).
    @Test func `tails match scipy`() {
        let one = ChiSquareDistribution(degreesOfFreedom: 1)
        #expect(relativeError(one.upperTail(3.841458820694124), 0.05) < 1e-13)
        #expect(relativeError(one.upperTail(1_000), 1.7958327848007363e-219) < 2e-13)
        let many = ChiSquareDistribution(degreesOfFreedom: 340)
        #expect(relativeError(many.upperTail(421.5), 0.0016907765997543104) < 1e-12)
        #expect(relativeError(many.cumulative(250), 7.606124026779363e-05) < 1e-12)
    }

    @Test func `a quantile is the inverse of its tail`() {
        for degrees in [0.3, 1, 2, 9, 99, 1_999, 2_001, 1e6, 1e10] {
            let distribution = ChiSquareDistribution(degreesOfFreedom: degrees)
            for probability in [1e-12, 1e-6, 0.01, 0.2, 0.5] {
                let x = distribution.quantile(upperTail: probability)
                #expect(relativeError(distribution.upperTail(x), probability) < 1e-9)
                let y = distribution.quantile(probability)
                #expect(relativeError(distribution.cumulative(y), probability) < 1e-9)
            }
        }
    }

    @Test func `the ends are where they belong`() {
        let distribution = ChiSquareDistribution(degreesOfFreedom: 4)
        #expect(distribution.quantile(0) == 0)
        #expect(distribution.quantile(1) == .infinity)
        #expect(distribution.quantile(upperTail: 0) == .infinity)
        #expect(distribution.quantile(upperTail: 1) == 0)
        #expect(distribution.upperTail(0) == 1)
        #expect(distribution.upperTail(.infinity) == 0)
        // The quantile itself is below the least double: (√π/2 · 1e-300)² · 2.
        #expect(ChiSquareDistribution(degreesOfFreedom: 1).quantile(1e-300) == 0)
    }
}
