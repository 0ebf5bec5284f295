import LeewayStats
import Testing

@Suite struct KolmogorovDistributionTests {
    // Oracle: mpmath 1.3.0, 40 digits, 2 Σ (-1)^(k-1) exp(-2k²z²); scipy 1.17.1 kstwobign.sf agrees to 2e-16.
    @Test(arguments: [
        (0.05, 1.0), (0.2, 0.999999999999495), (0.3, 0.9999906941986655), (0.5, 0.9639452436648751),
        (0.7, 0.7112351950296892), (0.89, 0.4066850049180472), (0.9, 0.39273070794065434), (1.0, 0.2699996716773545),
        (1.36, 0.04948587675537788), (2.0, 0.0006709252557796953), (3.0, 3.045995948942526e-08),
        (5.0, 3.8574996959278356e-22), (10.0, 2.767793053473475e-87), (18.0, 7.554499944724249e-282),
    ])
    func `the limit is exact to the last places`(z: Double, share: Double) {
        #expect(relativeError(KolmogorovDistribution.upperTail(z), share) < 2e-14)
    }

    @Test func `the limit is 1 at 0 and 0 at infinity`() {
        #expect(KolmogorovDistribution.upperTail(0) == 1)
        #expect(KolmogorovDistribution.upperTail(-1) == 1)
        #expect(KolmogorovDistribution.upperTail(1e-200) == 1)
        #expect(KolmogorovDistribution.upperTail(.infinity) == 0)
    }

    // Oracle: scipy 1.17.1, kstwo.sf(d, n).
    @Test(arguments: [
        (1, 0.7, 0.6), (2, 0.3, 0.98), (3, 0.9, 0.002), (5, 0.2, 0.9616), (10, 0.1, 0.99963712),
        (10, 0.4, 0.05898924519999926), (10, 0.93, 5.649504979999961e-12), (50, 0.01, 1.0), (50, 0.0103, 1.0),
        (50, 0.1, 0.6623112704658186), (50, 0.27, 0.00103876659196811), (50, 0.6, 9.634070456142374e-18),
        (140, 0.12, 0.03252638258561632), (140, 0.17, 0.0005246108687519814), (141, 0.02, 0.9999999744561288),
        (141, 0.06, 0.6677160791348915), (141, 0.1, 0.11128445516467944), (141, 0.13, 0.015449346308454497),
        (1_000, 0.012, 0.9984464668620097), (1_000, 0.03, 0.3226902143914636), (1_000, 0.045, 0.03378304014546085),
        (1_000, 0.06, 0.001428597887952891), (1_000, 0.3, 2.590715705736845e-80),
        (1_000, 0.55, 1.356299236791213e-284), (1_999, 0.0085, 0.9985022266570664),
        (100_000, 0.001, 0.9999638407940036), (100_000, 0.004, 0.08130148920222469),
        (100_000, 0.02, 3.5372711931479597e-35), (1_000_000, 0.0008, 0.5438713666611479),
        (1_000_000, 0.00136, 0.04944099739157226), (1_000_000, 0.002, 0.0006700277103670718),
        (1_000_000, 0.015, 7.152214226831048e-196),
    ])
    func `one sample matches scipy`(count: Int, statistic: Double, share: Double) {
        let ours = KolmogorovDistribution.oneSampleUpperTail(count: count, statistic: statistic)
        #expect(relativeError(ours, share) < 1e-11)
    }

    // Oracle: scipy 1.17.1, kstwo.sf(0.007, 2500) and (0.34 / sqrt(2001), 2001), where scipy still takes the matrix.
    @Test func `the expansion takes over from the matrix within its accuracy`() {
        let ours = KolmogorovDistribution.oneSampleUpperTail(count: 2_500, statistic: 0.007)
        #expect(relativeError(ours, 0.9996390112849203) < 5e-9)
        let next = KolmogorovDistribution.oneSampleUpperTail(count: 2_001, statistic: 0.007600754250796834)
        #expect(relativeError(next, 0.9997883971860295) < 5e-9)
    }

    @Test func `one sample lies between its bounds`() {
        for count in [1, 2, 7, 140, 141, 100_000] {
            #expect(KolmogorovDistribution.oneSampleUpperTail(count: count, statistic: 0) == 1)
            #expect(KolmogorovDistribution.oneSampleUpperTail(count: count, statistic: 0.5 / Double(count)) == 1)
            #expect(KolmogorovDistribution.oneSampleUpperTail(count: count, statistic: 1) == 0)
            var last = 1.0
            for step in 1...400 {
                let d = Double(step) / 400
                let share = KolmogorovDistribution.oneSampleUpperTail(count: count, statistic: d)
                #expect(share >= 0 && share <= last * (1 + 1e-12), "n = \(count), d = \(d)")
                last = share
            }
        }
    }

    @Test func `one sample approaches the limit`() {
        // The tail's first correction is exp(−2z / (3√n)).
        for z in [0.5, 1, 2, 3] {
            let count = 1_000_000_000
            let share = KolmogorovDistribution.oneSampleUpperTail(
                count: count, statistic: z / Double(count).squareRoot())
            #expect(relativeError(share, KolmogorovDistribution.upperTail(z)) < 1e-4)
        }
    }
}
