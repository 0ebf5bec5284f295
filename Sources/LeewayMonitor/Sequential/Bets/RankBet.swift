import LeewayStats

/// What a bet on ranks pays in each cell of `RankGrid`, and its part of the stake.
struct RankBet: Sendable {
    /// How much of it is no bet: 1 whatever comes.
    private static let caution = 0.02

    let stake: Double
    let factors: [Double]

    /// Takes the shares of the cells after a change, in any unit.
    private init(_ stake: Double, shares: [Double]) {
        self.stake = stake
        let total = shares.reduce(0, +)
        let raw = zip(shares, RankGrid.widths).map { Self.caution + (1 - Self.caution) * $0 / (total * $1) }
        // What rounding left over.
        let mean = RankGrid.mean(raw)
        factors = raw.map { $0 / mean }
    }

    /// Normal scores of mean `shift` and deviation `scale`.
    init(_ stake: Double, shift: Double, scale: Double) {
        self.init(stake, shares: Self.shares { NormalDistribution.cumulative(($0 - shift) / scale) })
    }

    /// So much in the outermost part of one side.
    init(_ stake: Double, share: Double, inOutermost part: Double, upper: Bool) {
        let shares = RankGrid.widths.indices.map { cell in
            let end = Double(RankGrid.ends[cell + (upper ? 0 : 1)]) / Double(RankGrid.resolution)
            let isOuter = upper ? end >= 1 - part : end <= part
            return RankGrid.widths[cell] * (isOuter ? share / part : (1 - share) / (1 - part))
        }
        self.init(stake, shares: shares)
    }

    /// A distribution of deviation about 1 with a peak and tails: three quarters are narrow, one quarter is wide.
    static func peaked(_ stake: Double) -> RankBet { RankBet(stake, shares: shares(peakedCumulative)) }

    /// The reverse: less in the middle and in the tails.
    static func hollow(_ stake: Double) -> RankBet {
        RankBet(
            stake,
            shares: zip(shares(peakedCumulative), RankGrid.widths).map { $1 / min(max($0 / $1, 0.3), 4) })
    }

    private static func peakedCumulative(_ score: Double) -> Double {
        0.75 * NormalDistribution.cumulative(score / 0.6) + 0.25 * NormalDistribution.cumulative(score / 1.7)
    }

    /// What a distribution of normal scores puts into each cell.
    private static func shares(_ cumulative: (Double) -> Double) -> [Double] {
        let scores = RankGrid.ends.map { NormalDistribution.quantile(Double($0) / Double(RankGrid.resolution)) }
        return zip(scores, scores.dropFirst()).map { cumulative($1) - cumulative($0) }
    }
}
