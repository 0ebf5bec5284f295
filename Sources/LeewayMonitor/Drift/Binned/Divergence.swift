/// A sum over bins that is 0 where both sides have the same shares, and near there like c · Σ (p − q)² / p.
///
/// - Source: Csiszár's f-divergences; near 0 all of them are the same but for a constant (Csiszár & Shields 2004, § 4).
protocol Divergence: BinTerm {
    /// c: the sum tends to c · (1/n + 1/m) · χ² with a degree less than there are bins, where nothing moved.
    static var curvature: Double { get }
    /// One bin's summand and its slopes.
    static func term(_ p: Double, _ q: Double, _ sizes: SideSizes) -> DivergenceTerm
}

/// One bin's summand f(p, q), and what it adds to the variance of the sum.
struct DivergenceTerm {
    /// f.
    let value: Double
    /// p · ∂f/∂p.
    let referenceMean: Double
    /// p · (∂f/∂p)².
    let referenceSquare: Double
    /// q · ∂f/∂q.
    let windowMean: Double
    /// q · (∂f/∂q)².
    let windowSquare: Double
}

extension Divergence {
    @inline(__always)
    static func value(_ p: Double, _ q: Double, _ sizes: SideSizes) -> Double { term(p, q, sizes).value }
    @inline(__always)
    static func unit(_ sizes: SideSizes) -> Double { curvature * sizes.spread }
}

/// A divergence of two sides, with what chance does to it.
struct MeasuredDivergence: Sendable {
    /// The sum over all bins.
    let value: Double
    /// The sum's mean where nothing moved, at these sizes and pooled shares.
    let noise: Double
    /// How likely a sum at least as large is where nothing moved, of all bins as they are.
    let upperTail: Double
    /// Where the true sum lies, with a confidence of 95 %.
    let lower: Double
    /// The upper end.
    let upper: Double
}
