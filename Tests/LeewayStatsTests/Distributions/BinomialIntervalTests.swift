import LeewayStats
import Testing

@Suite struct BinomialIntervalTests {
    // Oracle: scipy 1.17.1, binomtest(k, n).proportion_ci(level, "wilson"), then beta.ppf(t, k, n - k + 1) and
    // beta.isf(t, k + 1, n - k) with t = (1 - level) / 2, of which proportion_ci(level, "exact") gives fewer digits.
    @Test(arguments: [
        (0, 1, 0.95, 0.0, 0.7934506856227626, 0.0, 0.975),
        (1, 1, 0.95, 0.20654931437723745, 1.0, 0.025000000000000022, 1.0),
        (0, 10, 0.95, 0.0, 0.27753279986288926, 0.0, 0.3084971078187607),
        (3, 10, 0.95, 0.10779126740630102, 0.6032218525388546, 0.0667395111777345, 0.6524528500599973),
        (3, 10, 0.5, 0.2127148628403787, 0.40469074938748906, 0.1755712874895453, 0.4576961545748519),
        (10, 10, 0.99, 0.6011459066950919, 1.0, 0.5887040186524747, 1.0),
        (1, 1_000, 0.95, 0.00017654637062607809, 0.0056425585979579355, 2.5317487491294065e-05, 0.005558924279826672),
        (50, 1_000, 0.999, 0.03175433440022893, 0.07788609279005149, 0.030238692036749303, 0.07672916233432701),
        (999, 1_000, 0.95, 0.9943574414020421, 0.9998234536293739, 0.9944410757201734, 0.9999746825125088),
        (34_014, 48_842, 0.95, 0.6923156928662798, 0.7004710711036825, 0.6923091856463754, 0.7004851167151607),
        (5_000_000, 10_000_000, 0.95, 0.49969010254337065, 0.5003098974566293, 0.4996900525213711, 0.5003099474786289),
    ])
    func `both match scipy`(
        successes: Int, trials: Int, level: Double, wilsonLower: Double, wilsonUpper: Double, exactLower: Double,
        exactUpper: Double
    ) {
        let wilson = BinomialInterval.wilson(successes: successes, trials: trials, level: level)
        #expect(relativeError(wilson.lower, wilsonLower) < 1e-12)
        #expect(relativeError(wilson.upper, wilsonUpper) < 1e-12)
        let exact = BinomialInterval.clopperPearson(successes: successes, trials: trials, level: level)
        #expect(relativeError(exact.lower, exactLower) < 1e-12)
        #expect(relativeError(exact.upper, exactUpper) < 1e-12)
    }

    @Test func `no trials leave everything open, and the ends are exact`() {
        #expect(BinomialInterval.wilson(successes: 0, trials: 0, level: 0.95) == (0, 1))
        #expect(BinomialInterval.clopperPearson(successes: 0, trials: 0, level: 0.95) == (0, 1))
        for trials in [1, 7, 1_000, 1 << 53] {
            #expect(BinomialInterval.wilson(successes: 0, trials: trials, level: 0.95).lower == 0)
            #expect(BinomialInterval.wilson(successes: trials, trials: trials, level: 0.95).upper == 1)
        }
    }

    @Test func `rare successes of many trials keep their digits`() {
        // One of n: the exact upper end is near μ/n with exp(−μ)(1 + μ) = 0.025, the Poisson limit.
        let exact = BinomialInterval.clopperPearson(successes: 1, trials: 1 << 50, level: 0.95)
        #expect(relativeError(exact.upper * 0x1p50, 5.571643390938898) < 1e-12)
        #expect(relativeError(exact.lower * 0x1p50, 0.025317807984289897) < 1e-12)
        let wilson = BinomialInterval.wilson(successes: 1, trials: 1 << 50, level: 0.95)
        #expect(relativeError(wilson.lower * wilson.upper, 0x1p-100) < 1e-12)
    }
}
