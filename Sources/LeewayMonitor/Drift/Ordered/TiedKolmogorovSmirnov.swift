import LeewayStats

/// What D of Kolmogorov and Smirnov comes to where nothing moved, given the ties.
struct TiedKolmogorovSmirnov {
    private let sides: OrderedSides
    private let peak: KolmogorovSmirnov.Peak
    /// nm/(n + m).
    private let size: Double
    /// Ties and their neighbours; nil where no tie has as much as the finest share, as if there were none.
    private let groups: CellGroups?

    init(_ sides: OrderedSides, peak: KolmogorovSmirnov.Peak) {
        (self.sides, self.peak) = (sides, peak)
        let rows = Double(sides.referenceCount) + Double(sides.windowCount)
        size = Double(sides.referenceCount) * (Double(sides.windowCount) / rows)
        let isTied = peak.largestTie > 1 && Double(peak.largestTie) >= Self.finest * rows
        groups = isTied ? CellGroups(sides, finest: Self.finest) : nil
    }

    /// The mean of √(nm/(n + m)) · D in large samples.
    var mean: Double {
        guard let groups else { return BridgeMaximum.untiedMean }
        return groups.largestShare < 1.0 / 16
            ? BridgeMaximum.mean(ofTies: groups.tiedSquares) : BridgeMaximum(groups).mean()
    }

    /// The chance of a D at least as large.
    func pValue(_ computation: KolmogorovSmirnov.Computation) -> Double {
        let (n, m) = (sides.referenceCount, sides.windowCount)
        guard computation != .asymptotic, KolmogorovSmirnov.isSmall(n, m) else { return limit }
        // About half a millisecond, or half a minute where it was asked for.
        return exact(within: computation == .exact ? 3e10 : 5e5) ?? limit
    }

    /// The share of the rows' orders, given the ties; nil where counting them takes too many nanoseconds.
    private func exact(within budget: Double) -> Double? {
        let (n, m) = (sides.referenceCount, sides.windowCount)
        let bound = abs(peak.above * m - peak.seen * n)
        guard bound > 0 else { return 1 }
        var paths = TiedPaths(n, m, bound: bound)
        guard cost(paths, budget) < budget else { return nil }
        for (a, b) in zip(sides.reference, sides.window) {
            if a == 0, sides.isExact {
                for _ in 0..<b where !paths.cross(1) { return 1 }
            } else if a + b > 0, !paths.cross(a + b) {
                return 1
            }
        }
        return min(paths.share, 1)
    }

    private func cost(_ paths: TiedPaths, _ budget: Double) -> Double {
        var (cost, rank) = (0.0, 0)
        for (a, b) in zip(sides.reference, sides.window) where a + b > 0 {
            cost += a == 0 && sides.isExact ? Double(b) * paths.cost(1, after: rank) : paths.cost(a + b, after: rank)
            rank += a + b
            if cost > budget { break }
        }
        return cost
    }

    private var limit: Double {
        let (n, m) = (sides.referenceCount, sides.windowCount)
        let untied = KolmogorovDistribution.twoSampleAsymptotic(n: n, m: m, statistic: peak.distance)
        guard let groups else { return untied }
        // D takes steps of 1/n + 1/m: half a step less is where the continuous limit is as likely.
        let bound = max(peak.distance * size.squareRoot() - 0.5 / size.squareRoot(), 0)
        let bridge = BridgeMaximum(groups)
        let tail = bridge.upperTail(bound)
        // Of tails far out the chain of integrals has no digits left, but bounds are close.
        return min(tail > 1e-5 ? tail : min(tail + 1e-6, bridge.sumOfTails(bound)), untied)
    }

    private static let finest = 0.01
}
