import LeewayLearn

/// The largest difference of a bin's shares: max |p − q|.
///
/// - Units: shares; 0 (the same shares) … 1 (no bin in common).
/// - p-value: the sum over all bins of the exact probability of a difference as large, given the rows of each side and
///   of each bin (Bonferroni), at most 1; bins whose rows differ by less than 6 % are counted together, by the
///   fullest. For bins that the reference has not, the probability of so many rows where nothing moved
///   (`NewCategories`).
/// - Noise: the mean where nothing moved, of bins taken to be independent (`LargestDeviation`); at least the share of
///   rows in unseen categories that is to be expected (`UnseenRows`).
/// - Interval: 1.96 standard deviations of the bin that differs most; from the lower end the noise is taken: its
///   square from its square.
/// - Empty bins: of both sides do not count. One bin: 0, and a p-value of 1.
/// - Source: `scipy.spatial.distance.chebyshev(p, q)`.
/// - Complexity: O(bins), and some 10 µs whatever their number.
package struct LInfinity: BinnedDriftTest {
    package static let method = DriftMethod.lInfinity

    package init() {}

    package func evaluate(_ sides: BinnedSides) -> DriftResult {
        let sizes = SideSizes(reference: Double(sides.referenceCount), window: Double(sides.windowCount))
        var (distance, variance) = (0.0, 0.0)
        var deviation = LargestDeviation(sizes)
        for (reference, window) in zip(sides.reference, sides.window) where reference + window > 0 {
            let (p, q) = (Double(reference) / sizes.reference, Double(window) / sizes.window)
            let difference = abs(p - q)
            if difference >= distance {
                distance = difference
                variance = p * (1 - p) / sizes.reference + q * (1 - q) / sizes.window
            }
            if reference > 0 { deviation.add(rows: reference + window) }
        }
        let noise = min(1, max(deviation.mean, UnseenRows(sides).expected / sizes.window))
        let reach = 1.959963984540054 * max(0, variance).squareRoot()
        let low = max(0, distance - reach)
        return DriftResult(
            method: Self.method, statistic: distance,
            pValue: distance > 0 ? pValue(distance, sides, deviation) : 1, distance: distance, noise: noise,
            interval: ConfidenceInterval(
                lower: max(0, low * low - noise * noise).squareRoot(), upper: min(1, distance + reach)))
    }

    private func pValue(_ distance: Double, _ sides: BinnedSides, _ deviation: LargestDeviation) -> Double {
        var unseen = 0
        for (reference, window) in zip(sides.reference, sides.window) where reference == 0 { unseen += window }
        var sum = 0.0
        if unseen > 0 {
            let least = (distance * Double(sides.windowCount) * (1 - 1e-12)).rounded(.up)
            sum = NewCategories.upperTail(
                from: Int(least), rows: unseen, windowCount: sides.windowCount, reference: sides.reference)
        }
        let all = sides.referenceCount + sides.windowCount
        let isTwo = deviation.bins == 2 && unseen == 0
        let tails = deviation.tailSum(
            distance, all: all, draws: min(sides.referenceCount, sides.windowCount), enough: isTwo ? 2 : 1 - sum)
        // What one of two bins has less, the other has more.
        return min(1, sum + (isTwo ? tails / 2 : tails))
    }
}
