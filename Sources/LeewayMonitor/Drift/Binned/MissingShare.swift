package import LeewayLearn
import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whether the share of missing values moved: two proportions, p of the reference and q of the window.
///
/// - p-value: of z = (q − p) / √(s(1 − s)(1/n + 1/m)), s being both sides' share, where 200 rows or more of either
///   side are expected to miss the value and as many to have it; with fewer, Fisher's exact test.
/// - Statistic: z; above 0 where the window misses more. 0 where nothing or everything is missing on both sides.
/// - Distance: Cohen's h = |2 · arcsin √q − 2 · arcsin √p|, 0 … π, whose variance hardly depends on the shares.
/// - Noise: the root of the mean of h² where nothing moved: √(1/n + 1/m), less where hardly a row is expected to be
///   missing.
/// - Interval: as of the Hellinger distance H of the two shares, of which h is a function: H = √2 · sin(h/4).
/// - Source: scipy 1.17 `scipy.stats.chi2_contingency(table, correction=False)` (z²) and
///   `scipy.stats.fisher_exact(table)`; Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988), ch. 6.
package struct MissingShare: Sendable {
    package static let method = DriftMethod.missingShare
    /// Rows without a value, of so many.
    package typealias Side = (missing: Int, rows: Int)

    package init() {}

    /// Holds the window against the reference; both have at least one row.
    package func evaluate(reference: Side, window: Side) -> DriftResult {
        precondition(reference.rows > 0 && window.rows > 0, "Both sides have rows.")
        let (n, m) = (Double(reference.rows), Double(window.rows))
        let (p, q) = (Double(reference.missing) / n, Double(window.missing) / m)
        let pooled = (Double(reference.missing) + Double(window.missing)) / (n + m)
        let variance = pooled * (1 - pooled) * (1 / n + 1 / m)
        let first = (successes: window.missing, trials: window.rows)
        let second = (successes: reference.missing, trials: reference.rows)
        let measured = HellingerDivergence.measure(
            BinnedSides(
                reference: [reference.missing, reference.rows - reference.missing],
                window: [window.missing, window.rows - window.missing]))
        let distance = Self.angle(measured.value)
        let isMany = min(pooled, 1 - pooled) * min(n, m) >= JoinedBins.many
        return DriftResult(
            method: Self.method, statistic: variance > 0 ? (q - p) / variance.squareRoot() : 0,
            pValue: isMany
                ? ProportionDifference.pooledPValue(first: first, second: second)
                : FisherExactTest.pValue(first: first, second: second),
            distance: distance, noise: Self.angle(measured.noise),
            interval: ConfidenceInterval(
                lower: min(Self.angle(measured.lower), distance), upper: max(Self.angle(measured.upper), distance)))
    }

    /// Newcombe's interval of the window's share less the reference's, with a confidence of 95 %.
    package func difference(reference: Side, window: Side) -> ConfidenceInterval {
        let interval = ProportionDifference.newcombe(
            first: (window.missing, window.rows), second: (reference.missing, reference.rows), level: 0.95)
        return ConfidenceInterval(lower: interval.lower, upper: interval.upper)
    }

    /// Cohen's h of a squared Hellinger distance: 4 · arcsin(H/√2).
    private static func angle(_ square: Double) -> Double { 4 * asin(min(0.5, square / 2).squareRoot()) }
}
