#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much more frequent something is in the window than in the reference: (a / m) / (b / n), with a confidence of 95 %.
///
/// - Interval: all ratios that the score test does not reject (Koopman 1984); defined for counts of 0 too, and never negative.
/// - Edge cases: with b = 0 neither ratio nor upper end have a bound (nil); with a = 0 ratio and lower end are 0.
package struct ShareRatio: Sendable, Equatable, Codable {
    /// The share of the window's rows.
    package let windowShare: Double
    /// The share of the reference's rows.
    package let referenceShare: Double
    /// The ratio of both; nil where the reference has none.
    package let ratio: Double?
    /// Its interval's lower end.
    package let lower: Double
    /// Its interval's upper end; nil where there is none.
    package let upper: Double?

    private enum CodingKeys: String, CodingKey {
        case windowShare = "window_share"
        case referenceShare = "reference_share"
        case ratio
        case lower
        case upper
    }

    /// Compares `window` of `windowTotal` rows with `reference` of `referenceTotal`, which are above 0.
    package init(window: Int, of windowTotal: Int, reference: Int, of referenceTotal: Int) {
        precondition(windowTotal > 0 && referenceTotal > 0, "Both sides have rows.")
        precondition(
            (0...windowTotal).contains(window) && (0...referenceTotal).contains(reference),
            "A part is no more than all.")
        windowShare = Double(window) / Double(windowTotal)
        referenceShare = Double(reference) / Double(referenceTotal)
        ratio = reference > 0 ? windowShare / referenceShare : nil
        let score = Score(a: Double(window), m: Double(windowTotal), b: Double(reference), n: Double(referenceTotal))
        // On the scale of logarithms; beyond e^±40 no counts reach.
        let center = ratio.map { $0 > 0 ? log($0) : -40 } ?? 40
        lower = window > 0 ? exp(Self.boundary(score, inside: min(center, 40), outside: -40)) : 0
        upper = reference > 0 ? exp(Self.boundary(score, inside: max(center, -40), outside: 40)) : nil
    }

    /// Where the score passes 1.96², to the last place.
    private static func boundary(_ score: Score, inside: Double, outside: Double) -> Double {
        var (inside, outside) = (inside, outside)
        while true {
            let middle = inside + (outside - inside) / 2
            guard middle != inside, middle != outside else { return middle }
            if score.statistic(ratio: exp(middle)) <= 3.8414588206941236 { inside = middle } else { outside = middle }
        }
    }

    /// The squared score of a ratio θ: that of the shares that are likeliest where one is θ times the other.
    private struct Score {
        let (a, m, b, n): (Double, Double, Double, Double)

        init(a: Double, m: Double, b: Double, n: Double) { (self.a, self.m, self.b, self.n) = (a, m, b, n) }

        func statistic(ratio: Double) -> Double {
            let half = (ratio * (m + b) + a + n) / 2
            let square = ratio * (m + n) * (a + b)
            // The smaller root, without the difference of two near numbers.
            let share = (a + b) / (half + max(0, half * half - square).squareRoot())
            let other = min(1, ratio * share)
            func part(_ count: Double, _ total: Double, _ share: Double) -> Double {
                let gap = count - total * share
                return gap == 0 ? 0 : gap * gap / (total * share * (1 - share))
            }
            return part(a, m, other) + part(b, n, share)
        }
    }
}
