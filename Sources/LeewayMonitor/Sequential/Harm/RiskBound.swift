#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How large a risk may be that so many losses of so many rows speak of, with a given confidence.
enum RiskBound {
    /// Up to so many rows the exact bound is computed; beyond, its logarithms would lose too many digits.
    private static let exactRows = 100_000_000.0

    /// The largest p with P(X ≤ errors) ≥ 1 − confidence, X binomial: the upper end of Clopper and Pearson's interval.
    ///
    /// - Source: Clopper & Pearson, Biometrika 26 (1934); scipy 1.17 `beta.ppf(confidence, errors + 1, rows - errors)`.
    static func ofErrors(_ errors: Int, rows: Int, confidence: Double) -> Double {
        guard errors < rows else { return 1 }
        let (errors, rows) = (Double(errors), Double(rows))
        guard rows <= exactRows else { return ofLosses(errors, rows: rows, confidence: confidence) }
        return largest { lowerTail(errors, rows, $0) >= 1 - confidence }
    }

    /// The largest μ with rows · kl(losses / rows, μ) ≤ −ln(1 − confidence), for losses of 0 … 1.
    ///
    /// - Source: Hoeffding, JASA 58 (1963), Theorem 1: the bound of Chernoff holds for losses between 0 and 1 too.
    static func ofLosses(_ losses: Double, rows: Double, confidence: Double) -> Double {
        guard losses < rows else { return 1 }
        let mean = losses / rows
        return largest { risk in
            guard risk > mean else { return true }
            let gain = mean > 0 ? mean * log(mean / risk) : 0
            return rows * (gain + (1 - mean) * log((1 - mean) / (1 - risk))) <= -log(1 - confidence)
        }
    }

    /// The largest number between 0 and 1 that holds, where all below do.
    private static func largest(where holds: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, 1.0)
        while true {
            let middle = (low + high) / 2
            guard low < middle, middle < high else { return high }
            if holds(middle) { low = middle } else { high = middle }
        }
    }

    /// P(X ≤ errors) = I(1 − p; rows − errors, errors + 1), by the continued fraction of the incomplete beta function.
    private static func lowerTail(_ errors: Double, _ rows: Double, _ p: Double) -> Double {
        let (a, b) = (rows - errors, errors + 1)
        let scale = exp(
            logGamma(rows + 1) - logGamma(a) - logGamma(b) + a * log1p(-p) + b * log(p))
        // The fraction converges fast on the near side of the mean.
        return 1 - p < (a + 1) / (a + b + 2)
            ? scale * fraction(a, b, 1 - p) / a : 1 - scale * fraction(b, a, p) / b
    }

    /// Lentz's evaluation of the fraction; Numerical Recipes, section 6.4.
    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        func kept(_ number: Double) -> Double { abs(number) < 1e-300 ? 1e-300 : number }
        var (c, d) = (1.0, 1 / kept(1 - (a + b) * x / (a + 1)))
        var result = d
        // Takes about the root of the larger parameter.
        for step in 1...200_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return result
    }

    private static func logGamma(_ x: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }
}
