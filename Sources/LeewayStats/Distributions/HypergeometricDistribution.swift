#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The hypergeometric distribution: how many of `draws` rows, drawn without replacement from `total`, are among `marked` ones.
package struct HypergeometricDistribution: Sendable, Equatable {
    /// All rows.
    package let total: Int
    /// The rows that count.
    package let marked: Int
    /// The rows that are drawn.
    package let draws: Int

    /// Makes the distribution; neither `marked` nor `draws` is negative or above `total`.
    package init(total: Int, marked: Int, draws: Int) {
        precondition(
            (0...total).contains(marked) && (0...total).contains(draws), "Parts are not larger than the whole.")
        (self.total, self.marked, self.draws) = (total, marked, draws)
    }

    /// The counts that are possible.
    package var support: ClosedRange<Int> { max(0, draws - (total - marked))...min(draws, marked) }

    /// How likely a count is.
    ///
    /// - Accuracy: relative 1e-13 for totals up to 1e9.
    /// - Source: scipy 1.17 `scipy.stats.hypergeom.pmf`; as three binomial terms, after Loader (2000).
    package func probability(of count: Int) -> Double {
        guard support.contains(count) else { return 0 }
        guard draws > 0, draws < total else { return 1 }
        let share = Double(draws) / Double(total)
        let rest = Double(total - draws) / Double(total)
        return exp(
            Self.logBinomial(count, of: marked, share, rest)
                + Self.logBinomial(draws - count, of: total - marked, share, rest)
                - Self.logBinomial(draws, of: total, share, rest))
    }

    /// The probability of a count as large or larger.
    ///
    /// - Source: scipy 1.17 `scipy.stats.hypergeom.sf(count - 1, …)`.
    /// - Complexity: O(standard deviations of the count).
    package func upperTail(from count: Int) -> Double {
        guard count > support.lowerBound else { return 1 }
        guard count <= support.upperBound else { return 0 }
        // From the middle of the support on the terms fall; before it the other tail is the smaller one.
        guard Double(count) > mean else { return max(0, 1 - lowerTail(to: count - 1)) }
        var (sum, term, k) = (0.0, probability(of: count), count)
        while term > sum * 0x1p-60 {
            sum += term
            guard k < support.upperBound else { break }
            term *= Double(marked - k) / Double(k + 1) * Double(draws - k) / Double(total - marked - draws + k + 1)
            k += 1
        }
        return min(1, sum)
    }

    /// The probability of a count as small or smaller.
    ///
    /// - Source: scipy 1.17 `scipy.stats.hypergeom.cdf`.
    package func lowerTail(to count: Int) -> Double {
        // What is drawn of the marked ones is what is not drawn of the others, turned round.
        HypergeometricDistribution(total: total, marked: total - marked, draws: draws).upperTail(from: draws - count)
    }

    private var mean: Double { Double(draws) * (Double(marked) / Double(total)) }

    private static func logBinomial(_ count: Int, of trials: Int, _ share: Double, _ rest: Double) -> Double {
        let (k, n) = (Double(count), Double(trials))
        guard trials > 0 else { return 0 }
        if count == 0 { return n * (share < 0.5 ? log1p(-share) : log(rest)) }
        if count == trials { return n * (rest < 0.5 ? log1p(-rest) : log(share)) }
        let other = n - k
        return SaddlePoint.stirlingError(n) - SaddlePoint.stirlingError(k) - SaddlePoint.stirlingError(other)
            - SaddlePoint.deviance(k, n * share) - SaddlePoint.deviance(other, n * rest)
            + (log(n / k / other) - 1.8378770664093454836) / 2
    }
}
