import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Distances of all methods on one scale: the shift of the mean, in standard deviations, that moves a normal column as far.
///
/// Between N(0, 1) and N(s, 1), with Φ their distribution function and H = (F + G)/2:
///
/// | method | distance at shift s |
/// |---|---|
/// | KS, total variation, L-infinity | 2Φ(s/2) − 1 |
/// | Cramér-von Mises | √∫ (F − G)² dH |
/// | Anderson-Darling | √∫ (F − G)² / (H(1 − H)) dH |
/// | Wasserstein, reconstruction error, missing share (Cohen's h) | s |
/// | PSI | s² |
/// | Jensen-Shannon | √ of the divergence in nats |
/// | Hellinger | √(1 − exp(−s²/8)) |
/// | chi-square, G-test, both chi-square and L-infinity | √∫ (f − g)² / ((f + g)/2) |
/// | domain classifier (AUC) | Φ(s/√2) |
///
/// - Units: shifts of 0 … 10 standard deviations; what is beyond either end counts as the end.
/// - Accuracy: 3e-7 of the distance where it is integrated.
/// - Source: the closed forms are those of the normal distribution; the others are integrated (`ShiftCurve`).
package enum ShiftScale {
    /// The largest shift that a distance is turned into.
    package static let limit = 10.0

    /// The shift of a normal column's mean, in standard deviations, that has this distance.
    package static func shift(of distance: Double, by method: DriftMethod) -> Double {
        let shift =
            switch method {
            case .kolmogorovSmirnov, .totalVariation, .lInfinity:
                -2 * NormalDistribution.quantile((1 - min(max(distance, 0), 1)) / 2)
            case .wasserstein, .missingShare, .reconstructionError: distance
            case .populationStabilityIndex: max(distance, 0).squareRoot()
            case .hellinger: (-8 * log1p(-min(max(distance, 0) * max(distance, 0), 1))).squareRoot()
            case .domainClassifier: 2.0.squareRoot() * NormalDistribution.quantile(min(max(distance, 0), 1))
            case .jensenShannon: ShiftCurve.jensenShannon.shift(of: distance)
            case .chiSquare, .gTest, .combined: ShiftCurve.cohenW.shift(of: distance)
            case .cramerVonMises: ShiftCurve.cramerVonMises.shift(of: distance)
            case .andersonDarling: ShiftCurve.andersonDarling.shift(of: distance)
            }
        return min(max(shift, 0), limit)
    }

    /// The distance of two normal columns whose means are this many standard deviations apart.
    package static func distance(of shift: Double, by method: DriftMethod) -> Double {
        let shift = min(max(shift, 0), limit)
        return switch method {
        case .kolmogorovSmirnov, .totalVariation, .lInfinity: erf(shift / 8.0.squareRoot())
        case .wasserstein, .missingShare, .reconstructionError: shift
        case .populationStabilityIndex: shift * shift
        case .hellinger: (-expm1(-shift * shift / 8)).squareRoot()
        case .domainClassifier: NormalDistribution.cumulative(shift / 2.0.squareRoot())
        case .jensenShannon: ShiftCurve.jensenShannon.distance(of: shift)
        case .chiSquare, .gTest, .combined: ShiftCurve.cohenW.distance(of: shift)
        case .cramerVonMises: ShiftCurve.cramerVonMises.distance(of: shift)
        case .andersonDarling: ShiftCurve.andersonDarling.distance(of: shift)
        }
    }
}
