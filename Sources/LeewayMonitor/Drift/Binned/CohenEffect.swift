/// The square of a two-sample relative of Cohen's w: Σ (p − q)² / ((p + q)/2).
///
/// - Units: w is 0 (the same shares) … 2 (no bin in common), whatever the sizes; .1, .3 and .5 are Cohen's small,
///   medium and large.
/// - Source: Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988), ch. 7, with the mean of both
///   samples' shares in the place of the hypothesis'.
enum CohenEffect: Divergence {
    static let curvature = 1.0
    static let table = TermTable(Self.self)
    /// The largest w.
    static let largest = 2.0

    @inline(__always)
    static func term(_ p: Double, _ q: Double, _ sizes: SideSizes) -> DivergenceTerm {
        let d = (p - q) / (p + q)
        let (a, b) = (4 * d - 2 * d * d, -4 * d - 2 * d * d)
        return DivergenceTerm(
            value: 2 * (p - q) * d, referenceMean: p * a, referenceSquare: p * a * a, windowMean: q * b,
            windowSquare: q * b * b)
    }
}
