#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The gamma distribution of scale 1: density x^(a − 1) · e^−x / Γ(a), x ≥ 0.
///
/// Its shares are the regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x).
package struct GammaDistribution: Sendable, Equatable {
    /// The shape a > 0.
    package let shape: Double

    /// Makes the distribution of a finite shape above 0.
    package init(shape: Double) {
        precondition(shape > 0 && shape.isFinite, "A shape is above 0 and finite.")
        self.shape = shape
    }

    /// P(a, x): the share at or below x.
    ///
    /// - Source: scipy 1.17 `scipy.special.gammainc`; accuracy as `tails(at:)`.
    package func cumulative(_ x: Double) -> Double { tails(at: x).lower }

    /// Q(a, x): the share above x.
    ///
    /// - Source: scipy 1.17 `scipy.special.gammaincc`; accuracy as `tails(at:)`.
    package func upperTail(_ x: Double) -> Double { tails(at: x).upper }

    /// P(a, x) and Q(a, x) at once; their sum is 1.
    ///
    /// - Edges: (0, 1) at x ≤ 0, (1, 0) at ∞.
    /// - Accuracy: relative 1e-13 in the smaller of the two, down to 1e-300 and for a up to 1e12; below a = ½ the upper
    ///   one may keep an absolute 1e-16 only.
    /// - Source: series and continued fraction of Abramowitz & Stegun 6.5.29 and 6.5.31; from a = 1,000 on the integral
    ///   along the path of steepest descent (`ChiSquareContour`).
    /// - Complexity: O(√a) up to a = 1,000, constant above.
    package func tails(at x: Double) -> (lower: Double, upper: Double) {
        guard x > 0 else { return (0, 1) }
        guard x < .infinity else { return (1, 0) }
        if shape >= 1_000 {
            return ChiSquareContour(degreesOfFreedom: 2 * shape, noncentrality: 0, statistic: 2 * x).tails()
        }
        let term = SaddlePoint.poissonTerm(shape, mean: x)
        if x < shape + 1 {
            let lower = Swift.min(term * Self.lowerRatio(shape, x), 1)
            return (lower, 1 - lower)
        }
        let upper = Swift.min(term * Self.upperRatio(shape, x), 1)
        return (1 - upper, upper)
    }

    /// The density at x: ∞ at 0 for shapes below 1.
    package func density(at x: Double) -> Double {
        guard x > 0 else { return x < 0 || shape > 1 ? 0 : shape == 1 ? 1 : .infinity }
        return x < .infinity ? SaddlePoint.poissonTerm(shape, mean: x) * (shape / x) : 0
    }

    /// P(a, x) divided by x^a · e^−x / Γ(a + 1): 1 + x/(a + 1) + x²/((a + 1)(a + 2)) and so on.
    static func lowerRatio(_ a: Double, _ x: Double) -> Double {
        var (sum, term, n) = (1.0, 1.0, a)
        repeat {
            n += 1
            term *= x / n
            sum += term
        } while term > sum * 0x1p-54
        return sum
    }

    /// Q(a, x) divided by x^a · e^−x / Γ(a + 1), for x ≥ a + 1: a continued fraction, by Lentz's method.
    static func upperRatio(_ a: Double, _ x: Double) -> Double {
        var b = x + 1 - a
        var (c, d) = (Double.infinity, 1 / b)
        var (fraction, n) = (d, 0.0)
        while n < 10_000 {
            n += 1
            let numerator = -n * (n - a)
            b += 2
            d = 1 / (numerator * d + b)
            c = b + numerator / c
            let factor = c * d
            fraction *= factor
            if abs(factor - 1) < 0x1p-52 { break }
        }
        return fraction * a
    }
}
