import LeewayStats

/// Pearson's chi-square test of two samples: X² = Σ (observed − expected)² / expected over both sides' bins.
///
/// - Rare bins: joined until a row of either side is expected in each (`JoinedBins`).
/// - p-value: of the chi-square distribution where `JoinedBins.many` rows or more are expected in each bin of both
///   sides. With fewer, of a distribution with the same first three moments as X² has with these margins
///   (`PearsonMoments`); of two bins, Fisher's exact test.
/// - Distance: w = √(Σ (p − q)² / ((p + q)/2)) of all bins, 0 … 2, which does not grow with the rows (`CohenEffect`).
/// - Noise: the root of the mean of w² where nothing moved.
/// - One bin, or one that all are joined to: X² is 0 and the p-value 1.
/// - Source: scipy 1.17 `scipy.stats.chi2_contingency([reference, window], correction=False)`, where no bin is rare.
package struct ChiSquare: BinnedDriftTest {
    package static let method = DriftMethod.chiSquare

    package init() {}

    package func evaluate(_ sides: BinnedSides) -> DriftResult {
        let joined = JoinedBins(sides)
        let statistic = Self.statistic(joined.bins)
        let pValue = joined.pValue { bins, hasFew in
            hasFew
                ? PearsonMoments(bins).upperTail(statistic)
                : ChiSquareDistribution(degreesOfFreedom: Double(bins.count - 1)).upperTail(statistic)
        }
        return DriftResult(
            root: CohenEffect.measure(sides), largest: CohenEffect.largest, by: Self.method,
            statistic: joined.apart.map { Self.statistic(joined.bins + [$0]) } ?? statistic, pValue: pValue)
    }

    /// X² = nm · Σ (p − q)² / c, c being a bin's rows.
    private static func statistic(_ bins: [JoinedBins.Bin]) -> Double {
        let sizes = JoinedBins.sizes(bins)
        let (n, m) = (sizes.reference, sizes.window)
        guard n > 0, m > 0 else { return 0 }
        var sum = 0.0
        for bin in bins {
            let difference = Double(bin.reference) / n - Double(bin.window) / m
            sum += difference * difference / Double(bin.all)
        }
        return n * m * sum
    }
}
