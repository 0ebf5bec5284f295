/// Confidence intervals for the probability behind `successes` out of `trials`.
///
/// - Units: shares, within 0 … 1.
/// - No trials: (0, 1), as nothing is known.
package enum BinomialInterval {
    /// Wilson's score interval: all p whose normal test at `level` the counts would pass.
    ///
    /// Covers close to `level` on average, also for few trials and shares near 0 or 1.
    /// - Parameters:
    ///   - successes: 0 … `trials`.
    ///   - trials: how often it was tried, at least 0.
    ///   - level: the confidence, between 0 and 1, both excluded.
    /// - Returns: both ends; exactly 0 without successes and exactly 1 without failures.
    /// - Source: Wilson (1927); scipy 1.17 `scipy.stats.binomtest(k, n).proportion_ci(method="wilson")`.
    package static func wilson(successes: Int, trials: Int, level: Double) -> (lower: Double, upper: Double) {
        check(successes, trials, level)
        guard trials > 0 else { return (0, 1) }
        let z = -NormalDistribution.quantile((1 - level) / 2)
        let (hits, misses, square) = (Double(successes), Double(trials - successes), z * z)
        let share = hits / Double(trials)
        // The roots of (1 + z²/n) · p² − (2k/n + z²/n) · p + (k/n)²; the smaller one from their product, not by a difference.
        let root = (square * (square + 4 * share * misses)).squareRoot()
        let sum = 2 * hits + square + root
        return (2 * hits * share / sum, misses > 0 ? sum / (2 * (Double(trials) + square)) : 1)
    }

    /// Clopper and Pearson's exact interval: covers at least `level` always, so is wide for few trials.
    ///
    /// - Parameters:
    ///   - successes: 0 … `trials`.
    ///   - trials: how often it was tried, at least 0.
    ///   - level: the confidence, between 0 and 1, both excluded.
    /// - Returns: both ends; exactly 0 without successes and exactly 1 without failures.
    /// - Source: Clopper & Pearson (1934); scipy 1.17 `scipy.stats.binomtest(k, n).proportion_ci(method="exact")`.
    package static func clopperPearson(successes: Int, trials: Int, level: Double) -> (lower: Double, upper: Double) {
        check(successes, trials, level)
        let (tail, hits, misses) = ((1 - level) / 2, Double(successes), Double(trials - successes))
        return (
            successes > 0 ? BetaDistribution(a: hits, b: misses + 1).quantile(tail) : 0,
            successes < trials ? BetaDistribution(a: hits + 1, b: misses).quantile(upperTail: tail) : 1
        )
    }

    private static func check(_ successes: Int, _ trials: Int, _ level: Double) {
        precondition(successes >= 0 && successes <= trials, "Successes lie in 0 ... trials.")
        precondition(level > 0 && level < 1, "A level lies between 0 and 1.")
    }
}
