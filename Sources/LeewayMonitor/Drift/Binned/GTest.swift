import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The likelihood-ratio test of two samples: G = 2 Σ observed · ln(observed / expected) over both sides' bins.
///
/// - Rare bins: joined until a row of either side is expected in each (`JoinedBins`).
/// - p-value: of the chi-square distribution where `JoinedBins.many` rows or more are expected in each bin of both
///   sides; with fewer, of a gamma distribution with the mean and the variance that G then has (`TermTable`):
///   uncorrected, it gives two to six times as many false alarms as stated where a row or two are expected. Of two
///   bins, Fisher's exact test.
/// - Distance and noise: w, as of `ChiSquare`.
/// - One bin, or one that all are joined to: G is 0 and the p-value 1.
/// - Source: scipy 1.17 `scipy.stats.chi2_contingency([reference, window], correction=False,
///   lambda_="log-likelihood")`, where no bin is rare.
package struct GTest: BinnedDriftTest {
    package static let method = DriftMethod.gTest

    package init() {}

    package func evaluate(_ sides: BinnedSides) -> DriftResult {
        let joined = JoinedBins(sides)
        let sums = GSums(joined.bins)
        let pValue = joined.pValue { bins, hasFew in
            hasFew
                ? sums.upperTail(bins)
                : ChiSquareDistribution(degreesOfFreedom: Double(bins.count - 1)).upperTail(sums.statistic)
        }
        return DriftResult(
            root: CohenEffect.measure(sides), largest: CohenEffect.largest, by: Self.method,
            statistic: joined.apart.map { GSums(joined.bins + [$0]).statistic } ?? sums.statistic, pValue: pValue)
    }
}

/// G over bins.
private struct GSums {
    private(set) var statistic = 0.0
    private let sizes: SideSizes

    init(_ bins: [JoinedBins.Bin]) {
        sizes = JoinedBins.sizes(bins)
        guard sizes.reference > 0, sizes.window > 0 else { return }
        for bin in bins {
            statistic += GTerm.value(
                Double(bin.reference) / sizes.reference, Double(bin.window) / sizes.window, sizes)
        }
    }

    /// How likely a G as large is where nothing moved, given the rows of each side and of each bin.
    func upperTail(_ bins: [JoinedBins.Bin]) -> Double {
        var noise = NoiseSums()
        GTerm.table.row(sizes).withLookup { moments in
            for bin in bins { noise.add(moments, rows: Double(bin.all), sizes, times: 1) }
        }
        return noise.upperTail(statistic)
    }
}

/// One bin's part of G.
enum GTerm: BinTerm {
    static let table = TermTable(Self.self)

    static func unit(_ sizes: SideSizes) -> Double { 1 }

    /// 2 · (r · ln(p/s) + w · ln(q/s) + (e_r − r) + (e_w − w)), s being the pooled share, which adds 0 over all bins
    /// but is never negative in one.
    @inline(__always)
    static func value(_ p: Double, _ q: Double, _ sizes: SideSizes) -> Double {
        let pooled = (p * sizes.reference + q * sizes.window) / (sizes.reference + sizes.window)
        return 2 * pooled
            * (sizes.reference * deviance((p - pooled) / pooled) + sizes.window * deviance((q - pooled) / pooled))
    }

    /// (1 + d) · ln(1 + d) − d for d ≥ −1: at least 0.
    @inline(__always)
    private static func deviance(_ d: Double) -> Double {
        if abs(d) > 0.02 { return d > -1 ? (1 + d) * log(1 + d) - d : 1 }
        // Σ (−d)ⁱ / (i · (i − 1)) from i = 2 on.
        return d * d
            * (1 / 2 - d * (1 / 6 - d * (1 / 12 - d * (1 / 20 - d * (1 / 30 - d * (1 / 42 - d * (1 / 56 - d / 72)))))))
    }
}
