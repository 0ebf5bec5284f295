import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The largest absolute value of a Brownian bridge that is seen between groups of tied rows only.
///
/// It is what √(nm/(n + m)) · D of Kolmogorov and Smirnov comes to under ties in large samples. The bridge is a Markov
/// process: the chance to stay below a bound is a chain of integrals from one group's end to the next (`BridgeChain`).
struct BridgeMaximum: Sendable {
    /// The groups' shares, in order.
    private let shares: [Double]
    /// Whether nothing is seen inside.
    private let isTied: [Bool]

    init(_ groups: CellGroups) {
        shares = groups.groups.map { $0.count / groups.rows }
        isTied = groups.groups.map(\.isTied)
    }

    /// The mean without ties: √(π/2) · ln 2.
    static let untiedMean = 0.868_731_160_636_159_4

    /// The mean where every tie has a share near `share`, which is small: the bridge passes its largest value between two looks.
    ///
    /// - Source: Siegmund, Sequential Analysis (1985), chapter 10, for the constant: −ζ(1/2)/√(2π).
    static func mean(ofTies share: Double) -> Double { untiedMean - 0.582_597_157_939_010_6 * share.squareRoot() }

    /// The chance that the maximum reaches `bound`, to an absolute 1e-7 with 32 steps and groups of at least 0.01.
    ///
    /// - Complexity: O(groups · steps²).
    func upperTail(_ bound: Double, steps: Int = 32) -> Double {
        guard bound > 0 else { return 1 }
        // What is too small for the grid is joined to its neighbour.
        let least = 0.64 * (bound / Double(steps)) * (bound / Double(steps))
        var joined: [(share: Double, isTied: Bool)] = []
        for (share, isTied) in zip(shares, isTied) {
            if let last = joined.last, min(last.share, share) < least {
                joined[joined.count - 1] = (last.share + share, share > last.share ? isTied : last.isTied)
            } else {
                joined.append((share, isTied))
            }
        }
        guard joined.count > 1 else { return 0 }
        var chain = BridgeChain(bound: bound, steps: steps)
        for (place, group) in joined.enumerated().reversed() {
            chain.cross(group.share, isTied: group.isTied, isFirst: place == 0)
        }
        return min(max(1 - chain.stay, 0), 1)
    }

    /// An upper bound of `upperTail`: the sum over the groups' ends, which is close in the far tail of few groups.
    ///
    /// An untied group counts by its end nearer to 1/2, twice: a bridge that reaches the bound b inside is beyond what b has
    /// sunk to at that end as often as not.
    func sumOfTails(_ bound: Double) -> Double {
        func tail(_ start: Double, _ bound: Double) -> Double {
            let spread = start * (1 - start)
            return spread > 1e-12 ? 2 * NormalDistribution.upperTail(bound / spread.squareRoot()) : 0
        }
        var (start, sum) = (0.0, 0.0)
        for (share, isTied) in zip(shares, isTied) {
            let end = start + share
            if isTied {
                sum += tail(end, bound)
            } else {
                let isLow = start + end < 1
                sum += 2 * (isLow ? tail(end, bound * (1 - end) / (1 - start)) : tail(start, bound * start / end))
            }
            start = end
        }
        return min(sum, 1)
    }

    /// The maximum's mean, to about 1 %.
    ///
    /// - Complexity: O(groups · steps²), ten times.
    func mean() -> Double {
        var (start, spread) = (0.0, 0.0)
        for (share, isTied) in zip(shares, isTied) {
            // The middle of an untied group is seen, too.
            let middle = start + share / 2
            if !isTied { spread = max(spread, middle * (1 - middle)) }
            start += share
            spread = max(spread, start * (1 - start))
        }
        // ∫ P(maximum ≥ b) db by Simpson's rule; 4.2 standard deviations are as good as ∞.
        let (pieces, end) = (10, 4.2 * spread.squareRoot())
        var sum = 1.0
        for piece in 1..<pieces {
            sum += (piece % 2 == 1 ? 4 : 2) * upperTail(end * Double(piece) / Double(pieces), steps: 12)
        }
        return sum * end / Double(pieces) / 3
    }
}
