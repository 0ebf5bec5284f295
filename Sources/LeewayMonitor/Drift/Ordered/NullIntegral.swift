#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// ∫ |B(H(x))| dx, B a Brownian bridge: what the Wasserstein distance is where nothing moved.
///
/// |B| has the mean √(2/π · H(1 − H)), and for two places with correlation ρ the covariance
/// 2/π · (√(1 − ρ²) + ρ · arcsin ρ − 1), times both deviations.
struct NullIntegral {
    /// Places with about the same H.
    private struct Piece {
        var share: Double
        /// ∫ √(H(1 − H)) dx.
        var deviation: Double
    }

    private var pieces: [Piece] = []
    private var (open, first, last) = (0.0, 0.0, 0.0)

    /// Adds a stretch of x where H is `share`, in ascending order.
    @inline(__always)
    mutating func add(_ share: Double, _ width: Double) {
        if share - first > Self.finest { close(before: share) }
        open += (share * (1 - share)).squareRoot() * width
        last = share
    }

    private mutating func close(before share: Double) {
        if open > 0 { pieces.append(Piece(share: (first + last) / 2, deviation: open)) }
        (open, first) = (0, share)
    }

    /// Mean and standard deviation, the bridge's variance times `scale`.
    func moments(_ scale: Double) -> (mean: Double, deviation: Double) {
        var whole = self
        whole.close(before: 1)
        var (mean, variance) = (0.0, 0.0)
        for (place, piece) in whole.pieces.enumerated() {
            mean += piece.deviation
            variance += piece.deviation * piece.deviation * (Double.pi / 2 - 1)
            for other in whole.pieces[..<place] {
                let correlation =
                    (other.share * (1 - piece.share) / (piece.share * (1 - other.share))).squareRoot()
                let rest = (1 - correlation * correlation).squareRoot()
                variance +=
                    2 * piece.deviation * other.deviation * (rest + correlation * asin(correlation) - 1)
            }
        }
        let factor = 2 / Double.pi * scale
        return (mean * factor.squareRoot(), (variance * factor).squareRoot())
    }

    private static let finest = 1.0 / 32
}
