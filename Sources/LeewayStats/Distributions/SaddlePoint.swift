#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Probabilities written as exp(−distance from the mean), so that large counts cost no digits.
///
/// x^a · e^−x / Γ(a + 1) by its letter is a difference of logarithms of the size of a · log a: at a = 1e6 ten digits are
/// left. Written as a deviance, which is zero at the mean, all but two or three stay.
///
/// - Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
enum SaddlePoint {
    /// log(1 + v) − v for v > −1: what is left of the logarithm without its linear term; at most 0.
    static func logOnePlus(lessLinear v: Double) -> Double {
        guard abs(v) < 0.25 else { return log1p(v) - v }
        // log(1 + v) = 2 · artanh(r), r = v / (2 + v); and v = 2r + r · v.
        let r = v / (2 + v)
        let square = r * r
        // r²/3 + r⁴/5 + …: r² is at most 1/49, so ten terms reach below the last place.
        var series = 1.0 / 21
        for odd in stride(from: 19.0, through: 3, by: -2) { series = 1 / odd + square * series }
        return r * (2 * square * series - v)
    }

    /// Stirling's error: log Γ(n + 1) − (n + ½) · log n + n − ½ · log 2π, for n > 0.
    static func stirlingError(_ n: Double) -> Double {
        var (n, sum) = (n, 0.0)
        while n < 12 {
            sum += (n + 0.5) * log1p(1 / n) - 1
            n += 1
        }
        let square = 1 / (n * n)
        var series = -691.0 / 360_360
        for coefficient in stirlingCoefficients { series = coefficient + square * series }
        return sum + series / n
    }

    /// x^a · e^−x / Γ(a + 1): for whole a the Poisson probability of a at mean x; a ≥ 0, x > 0 finite.
    static func poissonTerm(_ a: Double, mean x: Double) -> Double { exp(logPoissonTerm(a, mean: x)) }

    /// The logarithm of `poissonTerm`.
    static func logPoissonTerm(_ a: Double, mean x: Double) -> Double {
        guard a > 0 else { return -x }
        // Below 1 nothing cancels, and Stirling's error would.
        if a < 1 { return a * log(x) - x - logGamma(a + 1) }
        return -deviance(a, x) - stirlingError(a) - log(a) / 2 - halfLogOfTau
    }

    /// a · log(a / x) + x − a: how far a is from mean x, in nats; at least 0, a > 0.
    static func deviance(_ a: Double, _ x: Double) -> Double { deviance(a, mean: x, excess: x - a) }

    /// The same, x − a being known to more digits than a and x have themselves.
    private static func deviance(_ a: Double, mean x: Double, excess: Double) -> Double {
        let ratio = excess / a
        // Far below the mean log(x / a) itself is exact; 1 + ratio would be rounded.
        if ratio < -0.5 { return a * log(a / x) + excess }
        return -a * logOnePlus(lessLinear: ratio)
    }

    /// The logarithm of Γ(a + b + 1) / (Γ(a + 1) · Γ(b + 1)) · x^a · y^b: for whole numbers the binomial probability of a
    /// successes and b failures; a, b ≥ 0, x + y = 1, both above 0.
    static func logBinomialTerm(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
        guard a > 0 else { return b * (x < 0.5 ? log1p(-x) : log(y)) }
        guard b > 0 else { return a * (y < 0.5 ? log1p(-y) : log(x)) }
        let n = a + b
        // By how much more than a is expected; what the successes have too much the failures have too little.
        let excess = x < y ? (-a).addingProduct(n, x) : -(-b).addingProduct(n, y)
        return stirlingError(n) - stirlingError(a) - stirlingError(b) + log(n / a / b) / 2 - halfLogOfTau
            - deviance(a, mean: n * x, excess: excess) - deviance(b, mean: n * y, excess: -excess)
    }

    /// log Γ(x) for x > 0.
    static func logGamma(_ x: Double) -> Double {
        #if canImport(Glibc)
            var sign: Int32 = 0
            return lgamma_r(x, &sign)
        #else
            return lgamma(x)
        #endif
    }

    private static let halfLogOfTau = 0.9189385332046727418
    /// B₂ₖ / (2k · (2k − 1)), from k = 5 down to 1; k = 6 starts the series.
    private static let stirlingCoefficients: [Double] = [1 / 1_188, -1 / 1_680, 1 / 1_260, -1 / 360, 1 / 12]
}
