/// The Hellinger distance: √(½ Σ (√p − √q)²) = √(1 − Σ √(pq)).
///
/// - Units: none; 0 (the same shares) … 1 (no bin in common).
/// - p-value: of the distance's square, which is about ⅛ · (1/n + 1/m) · χ²; rare bins joined (`JoinedBins`).
/// - Noise: the root of the square's mean where nothing moved.
/// - Empty bins: of one side count as they are; of both sides not at all. One bin: 0, and a p-value of 1.
/// - Source: Hellinger, J. reine angew. Math. 136 (1909); the same as `scipy.spatial.distance.euclidean(√p, √q) / √2`.
package struct Hellinger: BinnedDriftTest {
    package static let method = DriftMethod.hellinger

    package init() {}

    package func evaluate(_ sides: BinnedSides) -> DriftResult {
        let measured = HellingerDivergence.measure(sides)
        return DriftResult(
            root: measured, largest: 1, by: Self.method,
            pValue: HellingerDivergence.pValue(sides, measured))
    }
}

/// Half the squared difference of the roots of both shares.
enum HellingerDivergence: Divergence {
    static let curvature = 1.0 / 8
    static let table = TermTable(Self.self)

    @inline(__always)
    static func term(_ p: Double, _ q: Double, _ sizes: SideSizes) -> DivergenceTerm {
        let (a, b) = (p.squareRoot(), q.squareRoot())
        // a − b, without its cancellation.
        let difference = (p - q) / (a + b)
        let square = difference * difference
        return DivergenceTerm(
            value: square / 2, referenceMean: a * difference / 2, referenceSquare: square / 4,
            windowMean: -b * difference / 2, windowSquare: square / 4)
    }
}
