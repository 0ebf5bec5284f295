import LeewayStats
import Testing

@Suite struct CramerVonMisesDistributionTests {
    // Oracle: mpmath 1.3.0, 30 digits and more, 1 less the series of Bessel functions K(1/4) of Csörgő & Faraway 1.2;
    // 1 - scipy.stats._hypotests._cdf_cvm_inf(x) of scipy 1.17.1 agrees to 1e-7 absolute.
    @Test(arguments: [
        (0.01, 0.99999413556719013), (0.02, 0.99699938569839812), (0.05, 0.87628093104134897),
        (0.1, 0.58487343840679488), (0.2, 0.26747043054077487), (0.46136, 0.050000383132651278),
        (0.7, 0.012737623597890601), (1, 0.0024604521801339639), (2, 1.2780736172781673e-5),
        (4, 4.7344530322753717e-10), (8, 9.0197562599277262e-19), (15, 6.5781520051069052e-34),
    ])
    func `the limit is exact, near and far`(x: Double, share: Double) {
        #expect(relativeError(CramerVonMisesDistribution.upperTail(x), share) < 1e-13)
    }

    @Test func `the limit falls from 1 to 0`() {
        #expect(CramerVonMisesDistribution.upperTail(-0.1) == 1)
        #expect(CramerVonMisesDistribution.upperTail(0.003) == 1)
        #expect(CramerVonMisesDistribution.upperTail(.infinity) == 0)
        var last = 1.0
        for step in 0..<600 {
            let share = CramerVonMisesDistribution.upperTail(0.004 + Double(step * step) / 4_000)
            #expect(share <= last)
            last = share
        }
    }

    // Oracle: scipy 1.17.1, cramervonmises_2samp(x, y, method="exact") and "asymptotic" on samples of normal numbers,
    // those of 8 and 6 rounded to whole ones, so with ties.
    @Test(arguments: [
        (2, 3, 0.16666666666666663, 0.6, 0.46969167403539835),
        (5, 5, 0.3700000000000001, 0.1111111111111111, 0.08919823242940927),
        (6, 9, 0.5444444444444443, 0.03196803196803197, 0.029824891612188265),
        (7, 13, 1.212912087912088, 0.00030959752321981426, 0.0006694562791433878),
        (10, 15, 0.18533333333333335, 0.3189616245915882, 0.312209086504857),
        (12, 12, 0.5972222222222223, 0.022932108946377355, 0.02236005074446079),
        (20, 20, 0.14749999999999996, 0.4171001871151796, 0.41156047903351467),
        (20, 20, 1.2250000000000005, 0.0005407304531935764, 0.0006996951946119934),
        (8, 6, 0.49404761904761907, 0.04528804528804529, 0.04060322816145756),
    ])
    func `two small samples match scipy`(n: Int, m: Int, statistic: Double, exact: Double, asymptotic: Double) {
        #expect(relativeError(CramerVonMisesDistribution.twoSample(n: n, m: m, statistic: statistic), exact) < 1e-13)
        let swapped = CramerVonMisesDistribution.twoSampleExact(n: m, m: n, statistic: statistic)
        #expect(relativeError(swapped, exact) < 1e-13)
        let limit = CramerVonMisesDistribution.twoSampleAsymptotic(n: n, m: m, statistic: statistic)
        #expect(relativeError(limit, asymptotic) < 1e-10)
    }

    // Oracle: scipy 1.17.1, cramervonmises_2samp(x, y) on samples of normal numbers.
    @Test(arguments: [
        (25, 100, 0.078479999999999, 0.7143708442250554), (1_000, 3_000, 0.032843833333345174, 0.9662105967206962),
        (100_000, 5, 0.08300827771944741, 0.7157510046061115), (21, 20, 0.7797909407665502, 0.008004327633449937),
        (300_000, 200_000, 0.2668254347081529, 0.16816269600960387),
    ])
    func `two large samples match scipy`(n: Int, m: Int, statistic: Double, share: Double) {
        #expect(relativeError(CramerVonMisesDistribution.twoSample(n: n, m: m, statistic: statistic), share) < 1e-12)
    }

    @Test func `the smallest and the largest samples have a p-value`() {
        #expect(CramerVonMisesDistribution.twoSample(n: 1, m: 1, statistic: 0.25) == 1)
        #expect(CramerVonMisesDistribution.twoSampleAsymptotic(n: 1, m: 1, statistic: 0.25) == 1)
        // One value against two: T is 1/9 where it lies between them, 5/18 where not.
        #expect(CramerVonMisesDistribution.twoSample(n: 1, m: 2, statistic: 1.0 / 9) == 1)
        #expect(relativeError(CramerVonMisesDistribution.twoSample(n: 1, m: 2, statistic: 5.0 / 18), 2.0 / 3) < 1e-15)
        let huge = CramerVonMisesDistribution.twoSampleAsymptotic(n: 1 << 52, m: 1 << 51, statistic: 0.46136)
        #expect(relativeError(huge, CramerVonMisesDistribution.upperTail(0.46136)) < 1e-12)
    }
}
