import LeewayLearn

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The total variation distance: ½ Σ |p − q|, the share of rows that another bin would have to be found for.
///
/// - Units: shares; 0 (the same shares) … 1 (no bin in common).
/// - p-value: none, as no distribution of it is known.
/// - Noise: ½ Σ E|p − q| where nothing moved: √(2/π · p(1 − p)(1/n + 1/m)) in a bin of many rows, summed up exactly
///   (`TermTable`) in one of few.
/// - Interval: 1.96 standard deviations, ½ · √((1 − s²)/n + (1 − t²)/m) with s and t for the sums of p and q with the
///   sign of p − q. From the lower end is taken what chance adds: all of the noise of a bin whose difference is within
///   one standard deviation, less of others; it is 0 where chance makes such distances in 1 of 20 quiet windows. From
///   the upper end the noise is taken, its square from its square.
/// - Empty bins: of both sides do not count. One bin: 0.
/// - Source: ½ `scipy.spatial.distance.cityblock(p, q)`.
package struct TotalVariation: BinnedDriftTest {
    package static let method = DriftMethod.totalVariation

    package init() {}

    package func evaluate(_ sides: BinnedSides) -> DriftResult {
        let sizes = SideSizes(reference: Double(sides.referenceCount), window: Double(sides.windowCount))
        let unseen = UnseenRows(sides)
        var sums = VariationSums()
        AbsoluteDeviation.table.row(sizes).withLookup { moments in
            for (reference, window) in zip(sides.reference, sides.window) where reference + window > 0 {
                let (r, w) = (Double(reference), Double(window))
                let noise = AbsoluteDeviation.noise(rows: reference > 0 ? r + w : unseen.surplus, sizes, moments)
                sums.add(r / sizes.reference, w / sizes.window, noise)
            }
            let noise = AbsoluteDeviation.noise(rows: unseen.rowsEach, sizes, moments)
            sums.addNoise(noise, times: unseen.expected / unseen.rowsEach)
        }
        return sums.result(sizes)
    }
}

/// Twice the distance, and what belongs to it.
private struct VariationSums {
    private var (distance, bias, bins) = (0.0, 0.0, 0.0)
    /// Where nothing moved.
    private var (noise, variance) = (0.0, 0.0)
    /// Of the shares, with the sign of p − q.
    private var (reference, window) = (0.0, 0.0)

    mutating func add(_ p: Double, _ q: Double, _ noise: (mean: Double, variance: Double)) {
        let difference = p - q
        distance += abs(difference)
        reference += difference > 0 ? p : difference < 0 ? -p : 0
        window += difference > 0 ? q : difference < 0 ? -q : 0
        bins += 1
        guard noise.mean > 0 else { return }
        self.noise += noise.mean
        variance += noise.variance
        // E|u + Z| − u is about √(2/π) · exp(−1.25u − u²/3), to 2 % of what it is at 0.
        let u = max(0, abs(difference) * 0.7978845608028654 / noise.mean - 1)
        bias += noise.mean * exp(-u * (1.25 + u / 3))
    }

    mutating func addNoise(_ noise: (mean: Double, variance: Double), times: Double) {
        self.noise += noise.mean * times
        variance += noise.variance * times
        bias += noise.mean * times
    }

    func result(_ sizes: SideSizes) -> DriftResult {
        let (distance, noise) = (min(distance / 2, 1), min(noise / 2, 1))
        let squares =
            max(0, 1 - reference * reference) / sizes.reference + max(0, 1 - window * window) / sizes.window
        let reach = Self.normal * squares.squareRoot() / 2
        // What differs in one bin is missing in others: of two bins both are the same number.
        let quiet = Self.normal * (variance * bins / max(1, bins - 1)).squareRoot() / 2
        let high = distance + reach
        return DriftResult(
            method: TotalVariation.method, statistic: distance, pValue: nil, distance: distance, noise: noise,
            interval: ConfidenceInterval(
                lower: distance > noise + quiet ? max(0, distance - reach - bias / 2) : 0,
                upper: min(1, max(distance, max(0, high * high - noise * noise).squareRoot()))))
    }

    /// The standard deviations that 95 % lie within.
    private static let normal = 1.959963984540054
}
