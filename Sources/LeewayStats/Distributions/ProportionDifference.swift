/// What two shares, k₁ of n₁ and k₂ of n₂, say about the difference of the probabilities behind them.
package enum ProportionDifference {
    /// Newcombe's interval for p₁ − p₂, of both shares' Wilson intervals (his method 10, "hybrid score").
    ///
    /// - Parameters:
    ///   - first: k₁ and n₁, 0 ≤ k₁ ≤ n₁.
    ///   - second: k₂ and n₂, 0 ≤ k₂ ≤ n₂.
    ///   - level: the confidence, between 0 and 1, both excluded.
    /// - Returns: both ends, within −1 … 1; (−1, 1) where either has no trials.
    /// - Source: Newcombe, Statistics in Medicine 17 (1998), 873–890.
    package static func newcombe(
        first: (successes: Int, trials: Int), second: (successes: Int, trials: Int), level: Double
    ) -> (lower: Double, upper: Double) {
        let one = BinomialInterval.wilson(successes: first.successes, trials: first.trials, level: level)
        let two = BinomialInterval.wilson(successes: second.successes, trials: second.trials, level: level)
        guard first.trials > 0, second.trials > 0 else { return (-1, 1) }
        let p = Double(first.successes) / Double(first.trials)
        let q = Double(second.successes) / Double(second.trials)
        let below = ((p - one.lower) * (p - one.lower) + (two.upper - q) * (two.upper - q)).squareRoot()
        let above = ((one.upper - p) * (one.upper - p) + (q - two.lower) * (q - two.lower)).squareRoot()
        return (Swift.max(p - q - below, -1), Swift.min(p - q + above, 1))
    }

    /// The two-sided p-value of the z test with pooled variance: z = (p₁ − p₂) / √(p(1 − p)(1/n₁ + 1/n₂)).
    ///
    /// For small counts (an expected one below 5, say) `FisherExactTest` is the one to trust.
    /// - Parameters:
    ///   - first: k₁ and n₁, 0 ≤ k₁ ≤ n₁.
    ///   - second: k₂ and n₂, 0 ≤ k₂ ≤ n₂.
    /// - Returns: the p-value; 1 where either has no trials, or both shares are 0 or both are 1.
    /// - Source: scipy 1.17 `scipy.stats.chi2_contingency(table, correction=False)`, which is the same test.
    package static func pooledPValue(
        first: (successes: Int, trials: Int), second: (successes: Int, trials: Int)
    ) -> Double {
        for (successes, trials) in [first, second] {
            precondition(successes >= 0 && successes <= trials, "Successes lie in 0 ... trials.")
        }
        let (n, m) = (Double(first.trials), Double(second.trials))
        let (hits, misses) = (
            Double(first.successes + second.successes),
            Double((first.trials - first.successes) + (second.trials - second.successes))
        )
        guard n > 0, m > 0, hits > 0, misses > 0 else { return 1 }
        let size = n + m
        let variance = hits / size * (misses / size) * (1 / n + 1 / m)
        // k₁n₂ − k₂n₁, with what the products round off: shares of large samples may differ in their last digits.
        let (k, l) = (Double(first.successes), Double(second.successes))
        let product = l * n
        let difference = (-product).addingProduct(k, m) + product.addingProduct(-l, n)
        return 2 * NormalDistribution.upperTail(abs(difference) / (n * m) / variance.squareRoot())
    }
}
