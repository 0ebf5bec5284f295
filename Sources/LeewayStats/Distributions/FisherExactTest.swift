#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Fisher's exact test of two shares: the table's margins are taken as given, so the first count is hypergeometric.
package enum FisherExactTest {
    /// The two-sided p-value: the probability of all tables with the same margins that are no likelier than this one.
    ///
    /// - Parameters:
    ///   - first: k₁ and n₁, 0 ≤ k₁ ≤ n₁.
    ///   - second: k₂ and n₂, 0 ≤ k₂ ≤ n₂.
    /// - Returns: the p-value, relative 1e-11 for up to 1e6 trials; 1 where a margin is 0.
    /// - Ties: tables whose probabilities differ by less than a relative 1e-10 count as equally likely.
    /// - Source: scipy 1.17 `scipy.stats.fisher_exact(table)`.
    /// - Complexity: O(√(n₁ + n₂)) terms, so that large counts are no problem.
    package static func pValue(
        first: (successes: Int, trials: Int), second: (successes: Int, trials: Int)
    ) -> Double {
        for (successes, trials) in [first, second] {
            precondition(successes >= 0 && successes <= trials, "Successes lie in 0 ... trials.")
        }
        let table = Table(
            first: first.trials, second: second.trials, successes: first.successes + second.successes)
        guard table.least < table.most else { return 1 }
        let observed = table.logProbability(first.successes)
        let bound = observed + 1e-10
        let mode = table.mode
        if table.logProbability(mode) <= bound { return 1 }
        if first.successes < mode {
            var share = table.tail(from: first.successes, by: -1)
            if let other = table.firstUnlikely(from: mode, to: table.most, bound: bound) {
                share += table.tail(from: other, by: 1)
            }
            return Swift.min(share, 1)
        }
        var share = table.tail(from: first.successes, by: 1)
        if let other = table.firstUnlikely(from: mode, to: table.least, bound: bound) {
            share += table.tail(from: other, by: -1)
        }
        return Swift.min(share, 1)
    }

    /// The hypergeometric distribution of the first sample's successes.
    private struct Table {
        let first: Int
        let second: Int
        let successes: Int
        let least: Int
        let most: Int

        init(first: Int, second: Int, successes: Int) {
            (self.first, self.second, self.successes) = (first, second, successes)
            least = Swift.max(0, successes - second)
            most = Swift.min(first, successes)
        }

        /// A likeliest count: ⌊(k + 1)(n₁ + 1) / (n₁ + n₂ + 2)⌋.
        var mode: Int {
            let product = (successes + 1).multipliedFullWidth(by: first + 1)
            return Swift.min(Swift.max((first + second + 2).dividingFullWidth(product).quotient, least), most)
        }

        /// log of C(n₁, x) · C(n₂, k − x) / C(n₁ + n₂, k), each as a binomial probability of the pooled share.
        func logProbability(_ count: Int) -> Double {
            let total = Double(first + second)
            let (x, y) = (Double(successes) / total, Double(first + second - successes) / total)
            func term(_ hits: Int, _ trials: Int) -> Double {
                SaddlePoint.logBinomialTerm(Double(hits), Double(trials - hits), x: x, y: y)
            }
            return term(count, first) + term(successes - count, second) - term(successes, first + second)
        }

        /// The probability of `start` and all counts beyond it.
        func tail(from start: Int, by step: Int) -> Double {
            var (sum, term, count) = (1.0, 1.0, start)
            while count != (step > 0 ? most : least), term > sum * 0x1p-60 {
                let (x, k) = (Double(count), Double(successes))
                if step > 0 {
                    term *= (Double(first) - x) / (x + 1) * ((k - x) / (Double(second) - k + x + 1))
                } else {
                    term *= x / (Double(first) - x + 1) * ((Double(second) - k + x) / (k - x + 1))
                }
                sum += term
                count += step
            }
            return sum * exp(logProbability(start))
        }

        /// The first count from the mode towards `end` that is no likelier than `bound`.
        func firstUnlikely(from mode: Int, to end: Int, bound: Double) -> Int? {
            guard logProbability(end) <= bound else { return nil }
            var (likely, unlikely) = (mode, end)
            while abs(unlikely - likely) > 1 {
                let middle = likely + (unlikely - likely) / 2
                if logProbability(middle) <= bound { unlikely = middle } else { likely = middle }
            }
            return unlikely
        }
    }
}
