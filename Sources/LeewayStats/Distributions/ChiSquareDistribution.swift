/// The chi-square distribution: that of a sum of ν squared standard normal numbers.
package struct ChiSquareDistribution: Sendable, Equatable {
    /// ν > 0; need not be whole.
    package let degreesOfFreedom: Double

    /// Makes the distribution of finite ν above 0.
    package init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0 && degreesOfFreedom.isFinite, "Degrees of freedom are above 0 and finite.")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The share at or below x: P(ν/2, x/2); 0 at x ≤ 0, 1 at ∞.
    ///
    /// - Accuracy: as `GammaDistribution.tails(at:)`, for whole ν relative 1e-13 in the smaller of both tails.
    /// - Source: scipy 1.17 `scipy.stats.chi2.cdf`.
    package func cumulative(_ x: Double) -> Double { gamma.cumulative(x / 2) }

    /// The share above x: Q(ν/2, x/2), the p-value of a statistic x.
    ///
    /// - Source: scipy 1.17 `scipy.stats.chi2.sf`.
    package func upperTail(_ x: Double) -> Double { gamma.upperTail(x / 2) }

    /// The x with `probability` at or below it: 0 at 0, ∞ at 1.
    ///
    /// Shares near 1 lose digits before they get here; ask for their tail by `quantile(upperTail:)`.
    /// - Accuracy: relative 1e-12 for probabilities of 1e-300 … 1.
    /// - Source: scipy 1.17 `scipy.stats.chi2.ppf`.
    package func quantile(_ probability: Double) -> Double {
        precondition((0...1).contains(probability), "A probability lies in 0 ... 1.")
        return 2 * gamma.quantile(lower: probability, upper: 1 - probability)
    }

    /// The x with `probability` above it: ∞ at 0, 0 at 1.
    ///
    /// - Source: scipy 1.17 `scipy.stats.chi2.isf`; accuracy as `quantile`.
    package func quantile(upperTail probability: Double) -> Double {
        precondition((0...1).contains(probability), "A probability lies in 0 ... 1.")
        return 2 * gamma.quantile(lower: 1 - probability, upper: probability)
    }

    private var gamma: GammaDistribution { GammaDistribution(shape: degreesOfFreedom / 2) }
}
