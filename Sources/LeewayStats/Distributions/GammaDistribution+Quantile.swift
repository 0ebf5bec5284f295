#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension GammaDistribution {
    /// The x with P(a, x) = `lower` and Q(a, x) = `upper`, which add up to 1; the smaller one is what is solved for.
    ///
    /// Newton's method for the tail's logarithm as a function of log x, which is concave and nearly straight in the
    /// tails; kept between bounds that shrink.
    func quantile(lower: Double, upper: Double) -> Double {
        guard lower > 0 else { return 0 }
        guard upper > 0 else { return .infinity }
        let usesLower = lower <= upper
        let target = usesLower ? lower : upper
        var (least, most) = (0.0, Double.infinity)
        var x = quantileStart(lower: lower, upper: upper)
        for _ in 0..<200 {
            let tails = tails(at: x)
            let tail = usesLower ? tails.lower : tails.upper
            if tail == target { return x }
            if (tail < target) == usesLower { least = x } else { most = x }
            let step = log(tail / target) * tail / (density(at: x) * x)
            var next = x * exp(usesLower ? -step : step)
            let isInside = next > least && next < most
            if isInside, abs(next - x) <= abs(x) * 4e-15 { return next }
            if !isInside { next = most < .infinity ? least + (most - least) / 2 : 2 * x }
            if next == x || next == least || next == most { return next }
            x = next
        }
        return x
    }

    /// Wilson & Hilferty's cube of a normal number, and the first term of the series where that one fails.
    private func quantileStart(lower: Double, upper: Double) -> Double {
        let z = lower <= upper ? NormalDistribution.quantile(lower) : -NormalDistribution.quantile(upper)
        let ninth = 1 / (9 * shape)
        let root = 1 - ninth + z * ninth.squareRoot()
        let cube = shape * root * root * root
        let first = exp((log(lower) + SaddlePoint.logGamma(shape + 1)) / shape)
        return Swift.max(root > 0.3 ? cube : first, .leastNormalMagnitude)
    }
}
