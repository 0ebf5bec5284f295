#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The Jensen-Shannon distance: √(½ Σ p · ln(p/s) + ½ Σ q · ln(q/s)), s = (p + q)/2.
///
/// - Units: nats; 0 (the same shares) … √ln 2 = 0.833 (no bin in common). In bits it is 1.201 times as much.
/// - p-value: of the divergence, the distance's square, which is about ⅛ · (1/n + 1/m) · χ²; rare bins joined
///   (`JoinedBins`).
/// - Noise: the root of the square's mean where nothing moved.
/// - Empty bins: of one side count as they are; of both sides not at all. One bin: 0, and a p-value of 1.
/// - Source: scipy 1.17 `scipy.spatial.distance.jensenshannon(p, q)`; Lin, IEEE Trans. Inf. Theory 37 (1991).
package struct JensenShannon: BinnedDriftTest {
    package static let method = DriftMethod.jensenShannon

    package init() {}

    package func evaluate(_ sides: BinnedSides) -> DriftResult {
        let measured = JensenShannonDivergence.measure(sides)
        return DriftResult(
            root: measured, largest: M_LN2.squareRoot(), by: Self.method,
            pValue: JensenShannonDivergence.pValue(sides, measured))
    }
}

/// Half the sum of both sides' relative entropies to their mean.
enum JensenShannonDivergence: Divergence {
    static let curvature = 1.0 / 8
    static let table = TermTable(Self.self)

    /// With d = (p − q)/(p + q): ½ s · ((1 + d) ln(1 + d) + (1 − d) ln(1 − d)).
    @inline(__always)
    static func term(_ p: Double, _ q: Double, _ sizes: SideSizes) -> DivergenceTerm {
        let sum = p + q
        let d = (p - q) / sum
        let square = d * d
        if square > 0.04 {
            let (a, b) = (p > 0 ? log(1 + d) / 2 : 0, q > 0 ? log(1 - d) / 2 : 0)
            return DivergenceTerm(
                value: p * a + q * b, referenceMean: p * a, referenceSquare: p * a * a, windowMean: q * b,
                windowSquare: q * b * b)
        }
        // Σ d²ⁱ / (i · (2i − 1)), which has no cancellation, and the odd and even parts of ln(1 ± d).
        let value = square * evenSeries(square)
        let odd = d * oddSeries(square)
        let even = (value - d * odd) / 2
        let (a, b) = ((even + odd) / 2, (even - odd) / 2)
        return DivergenceTerm(
            value: sum / 4 * value, referenceMean: p * a, referenceSquare: p * a * a, windowMean: q * b,
            windowSquare: q * b * b)
    }

    /// Σ zⁱ / ((i + 1) · (2i + 1)): ((1 + d) ln(1 + d) + (1 − d) ln(1 − d)) / d² at z = d².
    @inline(__always)
    private static func evenSeries(_ z: Double) -> Double {
        1 + z
            * (1 / 6 + z
                * (1 / 15 + z
                    * (1 / 28 + z * (1 / 45 + z * (1 / 66 + z * (1 / 91 + z * (1 / 120 + z * (1 / 153 + z / 190))))))))
    }

    /// Σ zⁱ / (2i + 1): artanh(d) / d at z = d².
    @inline(__always)
    private static func oddSeries(_ z: Double) -> Double {
        1 + z
            * (1 / 3 + z
                * (1 / 5 + z
                    * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z / 19))))))))
    }
}
