#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Smirnov's formula for the tail of a weighted sum of squared normal numbers, Σ χ²ⱼ / λⱼ with λ₁ < λ₂ < … to infinity.
///
///     P(Σ > x) = 1/π · Σ (−1)^(k+1) ∫ exp(−xy/2) / (y · √|D(y)|) dy,  y from λ₂ₖ₋₁ to λ₂ₖ, k = 1, 2, …
///
/// with D(y) = Π (1 − y/λⱼ). The first term alone is the far tail, so that small shares keep their digits; the terms die
/// off like exp(−xλ/2). Where D is a sine of y's position v between both ends, the integrand has 1/√(sin πv), and the
/// midpoint rule in φ, v = sin²(φ/2), is exact for it up to a high degree (Gauss and Chebyshev's quadrature).
///
/// - Source: N. V. Smirnov (1937), in Martynov, Journal of Soviet Mathematics 61 (1992).
enum SmirnovFormula {
    /// Σ (−1)^(k+1) ∫₀¹ f(k, v) / √(sin πv) dv.
    ///
    /// - Parameters:
    ///   - fall: by how much the exponent falls over the first interval, in nats: more needs more nodes.
    ///   - integrand: f; falls with k.
    /// - Returns: the sum to some 1e-15 of its first term.
    static func sum(fall: Double, of integrand: (_ k: Double, _ v: Double) -> Double) -> Double {
        let count = Swift.max(24, Int((10 * fall).squareRoot()) + 12)
        let nodes = (0..<count).map { index in
            let angle = Double.pi * (Double(index) + 0.5) / Double(count)
            let (sine, cosine) = (sin(angle / 2), cos(angle / 2))
            // √(v · (1 − v) / sin πv), from the nearer end.
            let nearer = Swift.min(sine * sine, cosine * cosine)
            let weight = sine * cosine / sin(Double.pi * nearer).squareRoot()
            return (v: sine * sine, weight: weight * Double.pi / Double(count))
        }
        var (sum, sign) = (0.0, 1.0)
        for k in 1...60 {
            let term = nodes.reduce(0) { $0 + $1.weight * integrand(Double(k), $1.v) }
            sum += sign * term
            if term <= sum * 1e-18 { break }
            sign = -sign
        }
        return sum
    }
}
