import LeewayStats

/// The mean and the variance of a sum over bins where nothing moved, as multiples of its unit.
///
/// - Bins: each by its own rows (`TermTable`), less what they have in common: the sides' sizes are given, which takes
///   one degree of freedom, and what goes with the window's rows in all bins together can't vary.
/// - Many rows in each bin: the chi-square distribution's, k − 1 and 2(k − 1).
struct NoiseSums: Sendable {
    private(set) var mean = 0.0
    private var (variance, slope, spread) = (0.0, 0.0, 0.0)

    /// Adds so many bins of equally many rows; `extra` to the mean, and their deviations as a multiple.
    @inline(__always)
    mutating func add(
        _ moments: TermTable.Lookup, rows: Double, _ sizes: SideSizes, times: Double, extra: Double = 0,
        stretch: Double = 1
    ) {
        let all = sizes.reference + sizes.window
        let x = rows * (sizes.reference / all) * (sizes.window / all)
        let own = moments(x)
        let free = times * (1 - rows / all)
        mean += own.mean * free + extra
        variance += own.variance * free * stretch * stretch
        slope += own.slope * x.squareRoot() * times * stretch
        spread += x * times
    }

    /// How likely a sum is that is at least as large: of the gamma distribution with this mean and variance.
    func upperTail(_ sum: Double) -> Double {
        let free = max(variance - (spread > 0 ? slope * slope / spread : 0), variance * 0.01)
        guard sum > 0, mean > 0, free > 0 else { return 1 }
        return GammaDistribution(shape: mean * mean / free).upperTail(sum * mean / free)
    }
}
