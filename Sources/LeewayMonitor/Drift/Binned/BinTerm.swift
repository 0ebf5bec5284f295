/// A sum over bins of a function of the reference's share p and the window's share q.
protocol BinTerm: Sendable {
    /// One bin's summand: at least 0, exactly 0 where p equals q; p and q are not both 0.
    static func value(_ p: Double, _ q: Double, _ sizes: SideSizes) -> Double
    /// The factor u by which the sum tends to a chi-square number u · χ² where nothing moved.
    static func unit(_ sizes: SideSizes) -> Double
    /// What a bin of few rows adds.
    static var table: TermTable { get }
}

/// The rows of both sides, as numbers.
struct SideSizes: Sendable {
    /// n: the reference's rows.
    let reference: Double
    /// m: the window's rows.
    let window: Double

    /// 1/n + 1/m: the variance of the difference of two shares is p(1 − p) times this.
    @inline(__always)
    var spread: Double { 1 / reference + 1 / window }
    /// π: the window's share of all rows.
    @inline(__always)
    var windowShare: Double { window / (reference + window) }
}
