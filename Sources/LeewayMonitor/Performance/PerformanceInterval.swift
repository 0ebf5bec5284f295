import LeewayLearn

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// 95 % intervals of metrics, none of which leaves the metric's own range.
enum PerformanceInterval {
    /// The 97.5 % quantile of the standard normal distribution.
    static let z = 1.959963984540054

    /// Of a value in 0 … 1 with a standard error: symmetric in log-odds.
    ///
    /// - Edge cases: without error, or at 0 or 1, the value alone.
    static func logit(_ value: Double, _ standardError: Double) -> ConfidenceInterval {
        guard value > 0, value < 1, standardError > 0 else { return ConfidenceInterval(lower: value, upper: value) }
        let half = z * standardError / (value * (1 - value))
        let odds = value / (1 - value)
        return ConfidenceInterval(lower: share(odds * exp(-half)), upper: share(odds * exp(half)))
    }

    private static func share(_ odds: Double) -> Double { odds.isFinite ? odds / (1 + odds) : 1 }

    /// Of a value of 0 or more with a standard error: symmetric about it, and not below 0.
    static func positive(_ value: Double, _ standardError: Double) -> ConfidenceInterval {
        ConfidenceInterval(lower: max(value - z * standardError, 0), upper: value + z * standardError)
    }

    /// Of a share of `count` independent rows: Wilson's.
    ///
    /// - Source: Wilson, JASA 22 (1927); statsmodels 0.14 `proportion_confint(method="wilson")`.
    static func wilson(_ part: Int, of count: Int) -> ConfidenceInterval {
        let n = Double(count)
        let share = Double(part) / n
        let center = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return ConfidenceInterval(
            lower: part == 0 ? 0 : max(center - half, 0), upper: part == count ? 1 : min(center + half, 1))
    }

    /// Of an area under the ROC curve: the areas that are no more than z of their own standard errors away.
    ///
    /// - Source: Newcombe, Statistics in Medicine 25 (2006), method 5: Hanley and McNeil's variance with both classes of
    ///   equal size.
    static func area(_ value: Double, positives: Double, negatives: Double) -> ConfidenceInterval {
        let others = (positives + negatives) / 2 - 1
        func isWithin(_ area: Double) -> Bool {
            let spread = 1 + others * (1 - area) / (2 - area) + others * area / (1 + area)
            let variance = area * (1 - area) * spread / (positives * negatives)
            return (value - area) * (value - area) <= z * z * variance
        }
        /// The last area that is within, on the way from the value to an end.
        func last(towards end: Double) -> Double {
            guard !isWithin(end) else { return end }
            var (inside, outside) = (value, end)
            for _ in 0..<60 {
                let middle = (inside + outside) / 2
                if isWithin(middle) { inside = middle } else { outside = middle }
            }
            return inside
        }
        return ConfidenceInterval(lower: last(towards: 0), upper: last(towards: 1))
    }
}
