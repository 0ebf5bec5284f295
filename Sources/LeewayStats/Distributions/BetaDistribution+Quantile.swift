#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension BetaDistribution {
    /// The x with `probability` at or below it: 0 at 0, 1 at 1.
    ///
    /// - Accuracy: relative 1e-12 (of 1 − x where x is near 1, as far as a `Double` there can tell).
    /// - Source: scipy 1.17 `scipy.stats.beta.ppf`.
    package func quantile(_ probability: Double) -> Double {
        precondition((0...1).contains(probability), "A probability lies in 0 ... 1.")
        return quantile(lower: probability, upper: 1 - probability).x
    }

    /// The x with `probability` above it: 1 at 0, 0 at 1.
    ///
    /// - Source: scipy 1.17 `scipy.stats.beta.isf`; accuracy as `quantile`.
    package func quantile(upperTail probability: Double) -> Double {
        precondition((0...1).contains(probability), "A probability lies in 0 ... 1.")
        return quantile(lower: 1 - probability, upper: probability).x
    }

    /// The x with both tails as given, and y = 1 − x.
    ///
    /// Newton's method for the smaller tail's logarithm as a function of log(x / y), which is concave and straight far
    /// out; kept between bounds that shrink.
    private func quantile(lower: Double, upper: Double) -> (x: Double, y: Double) {
        guard lower > 0 else { return (0, 1) }
        guard upper > 0 else { return (1, 0) }
        let usesLower = lower <= upper
        let target = usesLower ? lower : upper
        let z = usesLower ? NormalDistribution.quantile(lower) : -NormalDistribution.quantile(upper)
        var (least, most) = (-Double.infinity, Double.infinity)
        var logit = log(a / b) + z * (1 / a + 1 / b).squareRoot()
        for _ in 0..<300 {
            let (x, y) = Self.shares(logit: logit)
            let tails = tails(at: x, complement: y)
            let tail = usesLower ? tails.lower : tails.upper
            if tail == target { return (x, y) }
            if (tail < target) == usesLower { least = logit } else { most = logit }
            let step = log(tail / target) * tail / slope(at: x, complement: y)
            var next = logit + (usesLower ? -step : step)
            if next > least, next < most {
                if abs(next - logit) <= 4e-16 * Swift.max(abs(next), 1) { return Self.shares(logit: next) }
            } else if least.isInfinite || most.isInfinite {
                next = logit + (least.isInfinite ? -1 : 1) * (1 + abs(logit))
            } else {
                next = least + (most - least) / 2
            }
            if next == logit || next == least || next == most { return Self.shares(logit: next) }
            logit = next
        }
        return Self.shares(logit: logit)
    }

    private static func shares(logit: Double) -> (x: Double, y: Double) {
        let odds = exp(-abs(logit))
        let (smaller, larger) = (odds / (1 + odds), 1 / (1 + odds))
        return logit < 0 ? (smaller, larger) : (larger, smaller)
    }
}
