import LeewayLearn

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The population stability index: Σ (p − q) · ln(p / q).
///
/// - Units: nats; 0 (the same shares) upwards. 0.1 and 0.25 are rules of thumb, not levels: see the noise.
/// - Empty bins: where one side has no row in a bin it counts as half a row, but not as more than the other side's
///   share, so that a bin too rare for a window does not count against it. A constant such as 1e-4 would make the
///   index depend on the constant: a bin with 1 % of the window and none of the reference then adds .0456, whatever
///   the sizes.
/// - p-value: the index is about (1/n + 1/m) · χ² where nothing moved; rare bins joined (`JoinedBins`).
/// - Noise: the index' mean where nothing moved, about (bins − 1) · (1/n + 1/m).
/// - One bin: 0, and a p-value of 1.
/// - Source: Siddiqi, "Credit Risk Scorecards" (2006); its distribution: du Pisanie et al., arXiv:2303.01227.
package struct PopulationStabilityIndex: BinnedDriftTest {
    package static let method = DriftMethod.populationStabilityIndex

    package init() {}

    package func evaluate(_ sides: BinnedSides) -> DriftResult {
        let measured = StabilityDivergence.measure(sides)
        return DriftResult(
            method: Self.method, statistic: measured.value, pValue: StabilityDivergence.pValue(sides, measured),
            distance: measured.value, noise: measured.noise,
            interval: ConfidenceInterval(
                lower: min(measured.lower, measured.value), upper: max(measured.upper, measured.value)))
    }
}

/// The sum of both relative entropies: Jeffreys' divergence.
enum StabilityDivergence: Divergence {
    static let curvature = 1.0
    static let table = TermTable(Self.self)

    @inline(__always)
    static func term(_ p: Double, _ q: Double, _ sizes: SideSizes) -> DivergenceTerm {
        let (r, w) = (p > 0 ? p : min(0.5 / sizes.reference, q), q > 0 ? q : min(0.5 / sizes.window, p))
        let difference = r - w
        let ratio = logarithm(r, w)
        let (a, b) = (ratio + difference / r, -ratio - difference / w)
        return DivergenceTerm(
            value: difference * ratio, referenceMean: p * a, referenceSquare: p * a * a, windowMean: q * b,
            windowSquare: q * b * b)
    }

    /// ln(r / w), exact where both are nearly the same.
    @inline(__always)
    private static func logarithm(_ r: Double, _ w: Double) -> Double {
        let d = (r - w) / (r + w)
        let z = d * d
        guard z < 0.01 else { return log(r / w) }
        return 2 * d
            * (1 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z / 15)))))))
    }
}
