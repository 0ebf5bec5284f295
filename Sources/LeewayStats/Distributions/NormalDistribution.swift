#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The standard normal distribution: φ(z) = exp(−z²/2) / √(2π).
///
/// - Units: z in standard deviations.
/// - Infinite z: density 0, cumulative 0 or 1.
package enum NormalDistribution {
    /// The density φ(z), to a relative 1e-15 wherever it is no subnormal number.
    package static func density(at z: Double) -> Double {
        let size = abs(z)
        guard size < 39 else { return 0 }
        // z² split into a part that is exact and a small rest: exp would multiply its rounding by z²/2.
        let coarse = (size * 64).rounded() / 64
        let rest = (size - coarse) * (size + coarse)
        return exp(-coarse * coarse / 2) * exp(-rest / 2) * inverseRootOfTau
    }

    /// The share at or below z: Φ(z), to a relative 1e-15 in both tails.
    package static func cumulative(_ z: Double) -> Double { upperTail(-z) }

    /// The share above z: 1 − Φ(z) without its cancellation, to a relative 1e-15 wherever it is no subnormal number.
    ///
    /// - Source: the C library's `erfc`, and scipy 1.17 `scipy.stats.norm.sf`.
    package static func upperTail(_ z: Double) -> Double {
        guard abs(z) < 40 else { return z < 0 ? 1 : 0 }
        let argument = z * rootOfHalf
        // What the product lost; erfc is steep in the tail and would turn it into z² times as much.
        let lost = (-argument).addingProduct(z, rootOfHalf) + z * rootOfHalfRest
        return erfc(argument) / 2 - lost * density(at: z) / rootOfHalf
    }

    /// The z with Φ(z) = `probability`, to a few units in the last place for any of 1e-300 … 1.
    ///
    /// The upper tail's is −`quantile(tail)`: 1 − 1e-20 is no number, 1e-20 is.
    /// - Edges: −∞ at 0, ∞ at 1, exactly 0 at 0.5.
    /// - Source: start by Abramowitz & Stegun 26.2.23 (error below 4.5e-4), then two of Halley's steps (cubic).
    package static func quantile(_ probability: Double) -> Double {
        precondition((0...1).contains(probability), "A probability lies in 0 ... 1.")
        guard probability > 0, probability < 1 else { return probability == 0 ? -.infinity : .infinity }
        // Near the middle the distance from one half is what is exact; elsewhere the tail.
        let offset = probability - 0.5
        if abs(offset) < 0.25 {
            var z = offset < 0 ? -start(tail: probability) : start(tail: 1 - probability)
            for _ in 0..<2 { z = step(from: z, error: erf(z * rootOfHalf) / 2 - offset) }
            return offset == 0 ? 0 : z
        }
        let tail = min(probability, 1 - probability)
        var z = -start(tail: tail)
        for _ in 0..<2 { z = step(from: z, error: cumulative(z) - tail) }
        return probability < 0.5 ? z : -z
    }

    /// Halley's step for a root of Φ(z) − p, whose second derivative is −z times its first.
    private static func step(from z: Double, error: Double) -> Double {
        let newton = error / density(at: z)
        return newton.isFinite ? z - newton / (1 + z * newton / 2) : z
    }

    private static func start(tail: Double) -> Double {
        let t = (-2 * log(tail)).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        return t - numerator / denominator
    }

    private static let inverseRootOfTau = 0.3989422804014326779
    private static let rootOfHalf = 0.7071067811865475244
    /// √½ less the `Double` next to it.
    private static let rootOfHalfRest = -4.833646656726456519e-17
}
