#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The distribution of the Kolmogorov-Smirnov statistic: the largest distance between two distribution functions.
///
/// - Limit: `upperTail(_:)`, of √n · D as n grows.
/// - One sample of n against a continuous distribution: `oneSampleUpperTail(count:statistic:)`.
/// - Two samples: `twoSampleExact`, with or without ties, `twoSampleAsymptotic`, and `twoSample` that chooses as scipy does.
///
/// All are shares at or above the statistic, so p-values.
package enum KolmogorovDistribution {
    /// The limit of P(√n · D ≥ z): 2 · Σ (−1)^(k−1) · exp(−2k²z²), k from 1.
    ///
    /// - Edges: 1 at z ≤ 0, 0 at ∞.
    /// - Accuracy: relative 1e-15, plus 1e-16 · z² in the tail.
    /// - Source: scipy 1.17 `scipy.stats.kstwobign.sf`; below z = 0.9 the theta-transformed series
    ///   1 − √(2π)/z · Σ exp(−(2k−1)²π²/(8z²)).
    package static func upperTail(_ z: Double) -> Double {
        guard z > 0.04 else { return 1 }
        if z < 0.9 {
            let exponent = Double.pi * Double.pi / (8 * z * z)
            // The fourth term is below 1e-21 at z = 0.9.
            let sum = exp(-exponent) + exp(-9 * exponent) + exp(-25 * exponent) + exp(-49 * exponent)
            return 1 - (2 * Double.pi).squareRoot() / z * sum
        }
        let square = -2 * z * z
        return 2 * (exp(square) - exp(4 * square) + exp(9 * square) - exp(16 * square) + exp(25 * square))
    }
}
