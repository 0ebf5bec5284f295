import LeewayLearn
import LeewayStats

/// The two-sample Kolmogorov-Smirnov test: D = max |F − G|, the largest difference of the distribution functions.
///
/// - Ties: the p-value is conditional on them: exact while that takes no more than about a millisecond, else that of a
///   Brownian bridge seen at the ends of the ties. Where they are to be ignored, it is scipy's to the letter, which is too
///   large for columns of few values.
/// - Distance: D, 0 … 1.
/// - Noise: √(π/2) · ln 2 · √(1/n + 1/m) without ties, less with.
/// - Interval: the variance of F − G at its largest; from 0 where p ≥ 0.05.
/// - Cells of a reference that is not exact: D is the largest difference at the edges, so never too large.
/// - Source: scipy 1.17 `scipy.stats.ks_2samp`.
package struct KolmogorovSmirnov: OrderedDriftTest {
    package static let method = DriftMethod.kolmogorovSmirnov

    /// How the p-value is computed.
    package enum Computation: String, Sendable, Codable {
        /// Exactly where it is fast enough; where ties are ignored, as scipy: up to 10,000 rows a side.
        case auto
        /// Exactly, unless the sides' least common multiple is beyond 2³¹.
        case exact
        /// By the limit for large samples.
        case asymptotic
    }

    /// How the p-value is computed.
    package let computation: Computation
    /// What the p-value makes of ties.
    package let ties: TieRule

    package init(method computation: Computation = .auto, ties: TieRule = .conditional) {
        (self.computation, self.ties) = (computation, ties)
    }

    /// scipy's test to the letter.
    package static let classic = Self(ties: .ignored)

    /// Holds the window against the reference.
    ///
    /// - Complexity: O(cells) for the statistic.
    package func evaluate(_ sides: OrderedSides) -> DriftResult {
        let (n, m) = (Double(sides.referenceCount), Double(sides.windowCount))
        let peak = Peak(sides)
        let null = TiedKolmogorovSmirnov(sides, peak: peak)
        let pValue = ties == .ignored || peak.largestTie == 1 ? untied(sides, peak) : null.pValue(computation)
        let noise = min(null.mean * (1 / n + 1 / m).squareRoot(), 1)
        let (first, second) = (Double(peak.above) / n, Double(peak.seen) / m)
        let deviation = (first * (1 - first) / n + second * (1 - second) / m).squareRoot()
        let reach = SquaredDistance.deviate * deviation
        // The largest of many differences is too large by chance, the less the larger it is.
        let moved = max(peak.distance * peak.distance - noise * noise, 0).squareRoot()
        let lower = pValue >= 0.05 ? 0 : max(moved - reach, 0)
        return DriftResult(
            method: Self.method, statistic: peak.distance, pValue: pValue, distance: peak.distance, noise: noise,
            interval: ConfidenceInterval(lower: lower, upper: min(peak.distance + reach, 1)))
    }

    /// The p-value that knows of no ties.
    private func untied(_ sides: OrderedSides, _ peak: Peak) -> Double {
        let (n, m) = (sides.referenceCount, sides.windowCount)
        let isExact =
            switch computation {
            case .auto: max(n, m) <= 10_000
            case .exact: Self.isSmall(n, m)
            case .asymptotic: false
            }
        guard isExact else { return KolmogorovDistribution.twoSampleAsymptotic(n: n, m: m, statistic: peak.distance) }
        if computation == .auto, ties == .conditional, n != m, peak.distance * Double(n) * Double(m) > 2e6 {
            // Far out in the tail the exact value takes longest and tells least.
            let rough = KolmogorovDistribution.twoSampleAsymptotic(n: n, m: m, statistic: peak.distance)
            if rough < 1e-12 { return rough }
        }
        return KolmogorovDistribution.twoSampleExact(n: n, m: m, statistic: peak.distance)
    }

    /// Whether the least common multiple of both sides is below 2³¹ − 1, so that paths can be counted.
    static func isSmall(_ n: Int, _ m: Int) -> Bool {
        var (divisor, rest) = (n, m)
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        return n < 1 << 30 && m < 1 << 30 && Double(n / divisor) < Double(Int32.max) / Double(m / divisor)
    }
}
