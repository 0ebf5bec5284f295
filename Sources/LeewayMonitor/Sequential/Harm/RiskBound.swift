import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How large a risk may be that so many losses of so many rows speak of, with a given confidence.
enum RiskBound {
    /// The largest p with P(X ≤ errors) ≥ 1 − confidence, X binomial: the upper end of Clopper and Pearson's interval.
    ///
    /// - Source: Clopper & Pearson, Biometrika 26 (1934); scipy 1.17 `beta.ppf(confidence, errors + 1, rows - errors)`.
    static func ofErrors(_ errors: Int, rows: Int, confidence: Double) -> Double {
        guard errors < rows else { return 1 }
        return BetaDistribution(a: Double(errors) + 1, b: Double(rows - errors)).quantile(upperTail: 1 - confidence)
    }

    /// The largest μ with rows · kl(losses / rows, μ) ≤ −ln(1 − confidence), for losses of 0 … 1.
    ///
    /// - Source: Hoeffding, JASA 58 (1963), Theorem 1: the bound of Chernoff holds for losses between 0 and 1 too.
    static func ofLosses(_ losses: Double, rows: Double, confidence: Double) -> Double {
        guard losses < rows else { return 1 }
        let mean = losses / rows
        var (low, high) = (mean, 1.0)
        while true {
            let risk = (low + high) / 2
            guard low < risk, risk < high else { return high }
            let gain = mean > 0 ? mean * log(mean / risk) : 0
            let divergence = gain + (1 - mean) * log((1 - mean) / (1 - risk))
            if rows * divergence <= -log(1 - confidence) { low = risk } else { high = risk }
        }
    }
}
