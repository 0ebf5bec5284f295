#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The beta distribution: density x^(a − 1) · (1 − x)^(b − 1) / B(a, b), 0 ≤ x ≤ 1.
///
/// Its shares are the regularised incomplete beta functions.
package struct BetaDistribution: Sendable, Equatable {
    /// The first shape, a > 0.
    package let a: Double
    /// The second shape, b > 0.
    package let b: Double

    /// Makes the distribution of two finite shapes above 0.
    package init(a: Double, b: Double) {
        precondition(a > 0 && a.isFinite && b > 0 && b.isFinite, "Shapes are above 0 and finite.")
        (self.a, self.b) = (a, b)
    }

    /// I_x(a, b): the share at or below x; 0 at x ≤ 0, 1 at x ≥ 1.
    ///
    /// - Accuracy: relative 1e-12 where it is the smaller tail, for shapes up to 1e8; beyond, what x itself resolves: some
    ///   1e-16 · √(a + b).
    /// - Source: scipy 1.17 `scipy.special.betainc`.
    package func cumulative(_ x: Double) -> Double { tails(at: x, complement: 1 - x).lower }

    /// 1 − I_x(a, b): the share above x.
    ///
    /// - Source: scipy 1.17 `scipy.special.betaincc`; accuracy as `cumulative`.
    package func upperTail(_ x: Double) -> Double { tails(at: x, complement: 1 - x).upper }

    /// Both tails at x, given with y = 1 − x, which is the exact one of both where x is near 1.
    func tails(at x: Double, complement y: Double) -> (lower: Double, upper: Double) {
        guard x > 0 else { return (0, 1) }
        guard y > 0 else { return (1, 0) }
        // The tail that x lies in as seen from the mean.
        if b * x <= a * y {
            let lower = Swift.min(lowerTail(x, y), 1)
            return (lower, 1 - lower)
        }
        let upper = Swift.min(BetaDistribution(a: b, b: a).lowerTail(y, x), 1)
        return (1 - upper, upper)
    }

    /// x · y · density: the derivative of the share by log(x / y).
    func slope(at x: Double, complement y: Double) -> Double {
        exp(SaddlePoint.logBinomialTerm(a, b, x: x, y: y)) * a / (a + b) * b
    }

    private func lowerTail(_ x: Double, _ y: Double) -> Double {
        let slope = slope(at: x, complement: y)
        guard slope > 0 else { return 0 }
        return slope * (Swift.min(a, b) < 3_000 ? fraction(x, y) / a : integral(x, y) / (x * y))
    }

    /// I_x divided by x^a · y^b / (a · B(a, b)): a continued fraction, by Lentz's method.
    ///
    /// - Source: the even part of Abramowitz & Stegun 26.5.8, so arranged that x and y enter it only through what they
    ///   are off the mean, as in DiDonato & Morris, ACM TOMS 18 (1992).
    private func fraction(_ x: Double, _ y: Double) -> Double {
        let lead = 1 + lead(x, y)
        var (c, d) = (Double.infinity, (a + 1) / lead)
        var (fraction, k) = (d, 0.0)
        while k < 10_000 {
            k += 1
            let even = k * (b - k) * x / (a + 2 * k - 1)
            let numerator = (a + k - 1) * (a + b + k - 1) * x / ((a + 2 * k - 2) * (a + 2 * k - 1)) * even / (a + 2 * k)
            let denominator = (k + even + (a + k) / (a + 2 * k + 1) * (lead + k * (1 + y))) / (a + 2 * k)
            d = 1 / (denominator + numerator * d)
            c = denominator + numerator / c
            fraction *= c * d
            if abs(c * d - 1) < 0x1p-52 { break }
        }
        return fraction
    }

    /// a − (a + b) · x, by how much x is below the mean, to more digits than the products have.
    private func lead(_ x: Double, _ y: Double) -> Double {
        x < y ? a.addingProduct(-(a + b), x) : (-b).addingProduct(a + b, y)
    }

    /// The share below x divided by the density at x, for large shapes: ∫ exp(g(x − u) − g(x)) du over 0 … x, g the
    /// density's logarithm; a narrow bell or a part of one, which 64 Gauss-Legendre nodes take whole.
    private func integral(_ x: Double, _ y: Double) -> Double {
        let (p, q) = (a - 1, b - 1)
        let steepness = (lead(x, y) + x - y) / (x * y)
        let curvature = p / (x * x) + q / (y * y)
        // Where the exponent has fallen by 40, were it a parabola.
        let root = (steepness * steepness + 80 * curvature).squareRoot()
        let end = Swift.min(steepness > 0 ? 80 / (root + steepness) : (root - steepness) / curvature, x)
        return GaussLegendre.integral(from: 0, to: end) { u in
            exp(
                p * SaddlePoint.logOnePlus(lessLinear: -u / x) + q * SaddlePoint.logOnePlus(lessLinear: u / y)
                    - steepness * u)
        }
    }
}
