extension KolmogorovDistribution {
    /// P(D ≥ d) for the two-sided statistic of two samples, as scipy chooses to compute it: exactly while neither has
    /// more than 10,000 values, else by `twoSampleAsymptotic`.
    ///
    /// - Source: scipy 1.17 `scipy.stats.ks_2samp(method="auto")`. Its fall-back after a failed exact computation is never
    ///   reached by a two-sided test, there or here.
    package static func twoSample(n: Int, m: Int, statistic: Double) -> Double {
        Swift.max(n, m) <= 10_000
            ? twoSampleExact(n: n, m: m, statistic: statistic)
            : twoSampleAsymptotic(n: n, m: m, statistic: statistic)
    }

    /// P(D ≥ d) for two large samples: that of one sample of round(nm/(n + m)) values, halves to even.
    ///
    /// - Source: scipy 1.17 `scipy.stats.ks_2samp(method="asymp")`; accuracy as `oneSampleUpperTail`.
    package static func twoSampleAsymptotic(n: Int, m: Int, statistic: Double) -> Double {
        precondition(n > 0 && m > 0, "Each sample has at least one value.")
        let (smaller, larger) = (Double(Swift.min(n, m)), Double(Swift.max(n, m)))
        let count = (larger * smaller / (larger + smaller)).rounded(.toNearestOrEven)
        // scipy has no answer for a count of 0 (1 against 1): the statistic of such samples is 1 or 0, whatever they are.
        return count < 1 ? 1 : oneSampleUpperTail(count: Int(count), statistic: statistic)
    }

    /// The exact P(D ≥ d) for two samples of one continuous distribution: the share of lattice paths from (0, 0) to
    /// (n, m) that somewhere have |i/n − j/m| ≥ d.
    ///
    /// - Parameters:
    ///   - n: values in the first sample, at least 1.
    ///   - m: values in the second sample, at least 1.
    ///   - statistic: d, rounded to the nearest multiple of 1/lcm(n, m), as scipy does; 1 is returned for d = 0.
    /// - Returns: the p-value to a relative 1e-11, down to 1e-300.
    /// - Ties: not allowed for, which errs on the safe side; see `twoSampleExact(n:m:statistic:tieGroups:)`.
    /// - Source: scipy 1.17 `scipy.stats.ks_2samp(method="exact")`; Gnedenko & Korolyuk's sum for n = m.
    /// - Complexity: O(d · nm), in steps of about half a nanosecond; O(√n) for n = m.
    package static func twoSampleExact(n: Int, m: Int, statistic: Double) -> Double {
        let paths = SmirnovPaths(n: n, m: m, statistic: statistic)
        return n == m ? paths.shareOutsideOfSquare() : paths.shareOutside()
    }

    /// The exact P(D ≥ d) given the ties: over all ways to deal the pooled values out to both samples.
    ///
    /// Within a tie the distribution functions jump at once, so that only the ends of ties count: the p-value is at most
    /// the one without ties, much smaller for few distinct values.
    ///
    /// - Parameters:
    ///   - n: values in the first sample, at least 1.
    ///   - m: values in the second sample, at least 1.
    ///   - statistic: d, rounded to the nearest multiple of 1/lcm(n, m); 1 is returned for d = 0.
    ///   - tieGroups: how often each distinct pooled value occurs, in the values' order; the sum is n + m.
    /// - Returns: the p-value to a relative 1e-11, down to 1e-300.
    /// - Source: Schröer & Trenkler, Computational Statistics & Data Analysis 20 (1995); the same as `psmirnov(z = )` of R.
    /// - Complexity: O(d · nm + Σ group²), at most 60 ms for n = m = 10,000.
    package static func twoSampleExact(n: Int, m: Int, statistic: Double, tieGroups: [Int]) -> Double {
        precondition(tieGroups.allSatisfy { $0 >= 0 }, "A tie group has no fewer than 0 values.")
        precondition(tieGroups.reduce(0, +) == n + m, "The tie groups hold all values of both samples.")
        return SmirnovPaths(n: n, m: m, statistic: statistic).shareOutside(groups: tieGroups.filter { $0 > 0 })
    }
}
