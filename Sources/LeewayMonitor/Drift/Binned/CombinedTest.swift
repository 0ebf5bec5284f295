import LeewayLearn

/// Chi-square and L-infinity together: the one sees many small moves, the other a single bin's that drowns among many.
///
/// - p-value: min(1, 2 · min(p of chi-square, p of L-infinity)) (Bonferroni), which holds its level however the two depend on
///   each other. Of two bins, where both see the same, chi-square's own.
/// - Distance, noise and interval: of the test that found the larger shift, chi-square's where they are alike, as Cohen's w
///   (`CohenEffect`); L-infinity's as the w of the same shift of a normal column (`ShiftScale`). 0 … 2.
/// - Statistic: the distance.
/// - One bin: 0, and a p-value of 1.
/// - Source: Tippett, "The Methods of Statistics" (1931), the smallest of several p-values, with Bonferroni's bound in the
///   place of independence.
package struct CombinedTest: BinnedDriftTest {
    package static let method = DriftMethod.combined

    package init() {}

    package func evaluate(_ sides: BinnedSides) -> DriftResult {
        let (all, largest) = (ChiSquare().evaluate(sides), LInfinity().evaluate(sides))
        let bins = zip(sides.reference, sides.window).count { $0 + $1 > 0 }
        let chiSquare = all.pValue ?? 1
        let pValue = bins > 2 ? min(1, 2 * min(chiSquare, largest.pValue ?? 1)) : chiSquare
        let isOne = largest.shift > all.shift
        func distance(_ own: Double) -> Double {
            isOne ? ShiftScale.distance(of: ShiftScale.shift(of: own, by: LInfinity.method), by: Self.method) : own
        }
        let found = isOne ? largest : all
        return DriftResult(
            method: Self.method, statistic: distance(found.distance), pValue: pValue,
            distance: distance(found.distance), noise: distance(found.noise),
            interval: ConfidenceInterval(
                lower: distance(found.interval.lower), upper: distance(found.interval.upper)))
    }
}
