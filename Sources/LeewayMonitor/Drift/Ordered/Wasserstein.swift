import LeewayLearn

/// The Wasserstein distance of first order, in standard deviations of the reference: W = ∫ |F − G| dx / sd.
///
/// It is how far, on average, a row has to be moved to make one distribution of the other.
///
/// - Units: the reference's population standard deviation (ddof = 0).
/// - Exact where all of the window's values are reference values; else to the width of the cells: a row between two reference
///   values counts as in the middle between them, one beyond all of them as at the last one, so that W is then too small (it
///   is 0 for an exact constant reference, whose value is all that is known).
/// - Constant reference c: the unit is max(|c|, 1), so that W is 0 where the window has the same value only.
/// - Infinite values: −∞ and ∞ count as the outermost finite values; where there are none, as −1 and 1.
/// - p-value: none.
/// - Noise: √(2/π) · ∫ √(H(1 − H)(1/n + 1/m)) dx / sd, H the pooled distribution function.
/// - Interval: influence functions, that of the standard deviation with them; from 0 where chance alone gives as much in 5 %
///   of windows.
/// - Source: scipy 1.17 `scipy.stats.wasserstein_distance` of values divided by `numpy.std(reference)`; del Barrio, Giné &
///   Matrán, Ann. Probab. 27 (1999), for the limit.
package struct Wasserstein: OrderedDriftTest {
    package static let method = DriftMethod.wasserstein

    package init() {}

    /// Holds the window against the reference.
    ///
    /// - Complexity: O(cells).
    package func evaluate(_ sides: OrderedSides) -> DriftResult {
        let sums = Sums(sides)
        let distance = sums.distance / sums.unit
        let (noise, noiseDeviation) = (sums.noise / sums.unit, sums.noiseDeviation / sums.unit)
        let reach = SquaredDistance.deviate * sums.variance.squareRoot() / sums.unit
        // The square is what noise adds to; 95 % of windows of no drift are below this.
        let moved = max(distance * distance - noise * noise - noiseDeviation * noiseDeviation, 0).squareRoot()
        let lower = distance <= noise + 1.8 * noiseDeviation ? 0 : max(moved - reach, 0)
        return DriftResult(
            method: Self.method, statistic: distance, pValue: nil, distance: distance, noise: noise,
            interval: ConfidenceInterval(lower: lower, upper: distance + reach))
    }
}
