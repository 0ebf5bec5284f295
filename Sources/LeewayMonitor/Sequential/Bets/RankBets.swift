import LeewayStats

/// Fixed bets on ranks: each pays b(u), constant on the cells of `RankGrid`, with a mean of 1 over uniform ranks.
///
/// A bet is the share that a changed column would have in each cell, over the cell's width: the best bet on just that change.
/// Changes are told in normal scores z = Φ⁻¹(u), so they mean the same for every distribution: z moves by a number of standard
/// deviations, spreads, or both; a tail gets heavier; both tails and the middle do, or neither. Each is mixed with 2 % of
/// 1, so that no single row can ruin a stake.
struct RankBets: Sendable {
    /// How many vectors hold one number of each bet.
    static let groups = 4
    /// How the histograms learn: even cells, rows remembered, rows of the prior.
    static let histograms = [(cells: 16, memory: 100.0, prior: 50.0), (cells: 256, memory: 50.0, prior: 200.0)]

    /// The bets' parts of the stake, which sum to 1 with those of the histograms.
    let stakes: [SIMD8<Double>]
    /// The histograms' parts of the stake.
    let histogramStakes: [Double]
    /// What each bet pays in each cell: `groups` vectors a cell.
    let factors: [SIMD8<Double>]

    /// Takes 32 bets, and the histograms' stakes beside theirs.
    private init(_ bets: [RankBet], histogramStakes: [Double]) {
        precondition(bets.count == 8 * Self.groups, "The bets fill the vectors.")
        let total = bets.reduce(0) { $0 + $1.stake } + histogramStakes.reduce(0, +)
        func packed(_ number: (RankBet) -> Double) -> [SIMD8<Double>] {
            stride(from: 0, to: bets.count, by: 8).map { SIMD8(bets[$0..<$0 + 8].map(number)) }
        }
        stakes = packed { $0.stake / total }
        self.histogramStakes = histogramStakes.map { $0 / total }
        factors = (0..<RankGrid.count).flatMap { cell in packed { $0.factors[cell] } }
    }

    /// Bets on rows, among which small changes are to be found.
    ///
    /// The stakes make the delays of seventeen kinds of change short together (the mean of their logarithms): found by search on
    /// simulated streams, then rounded; others change delays by a few per cent.
    static let onRows = RankBets(
        shifts([(0.12, 0.03), (0.22, 0.11), (0.35, 0.06), (0.55, 0.035), (0.9, 0.015), (1.5, 0.006)])
            + scales([
                (0.35, 0.005), (0.5, 0.02), (0.7, 0.035), (0.83, 0.02), (1.2, 0.07), (1.45, 0.05), (2, 0.03),
                (3, 0.005),
            ])
            + shifts([(0.3, 0.03)], scale: 1.3) + shifts([(0.5, 0.01)], scale: 0.7)
            + tails([(1.0 / 1_024, 0.012, 0.006), (0.0195, 0.07, 0.006), (0.0782, 0.16, 0.01)])
            + [.peaked(0.035), .hollow(0.03)],
        histogramStakes: [0.04, 0.05])

    /// Bets on blocks, which a small change of their rows moves far.
    static let onBlocks = RankBets(
        shifts([(0.35, 0.03), (0.6, 0.05), (1, 0.08), (1.5, 0.09), (2.2, 0.06), (3, 0.02)])
            + scales([
                (0.2, 0.005), (0.35, 0.01), (0.5, 0.02), (0.7, 0.02), (1.3, 0.02), (1.8, 0.02), (2.5, 0.02), (4, 0.005),
            ])
            + shifts([(1.2, 0.02)], scale: 0.6) + shifts([(1.8, 0.02)], scale: 0.6)
            + tails([(1.0 / 1_024, 0.2, 0.005), (0.0195, 0.3, 0.03), (0.0782, 0.4, 0.04)])
            + [.peaked(0.01), .hollow(0.01)],
        histogramStakes: [0.02, 0.01])

    private static func shifts(_ shifts: [(Double, stake: Double)], scale: Double = 1) -> [RankBet] {
        shifts.flatMap { shift, stake in
            [shift, -shift].map { RankBet(stake, shift: $0, scale: scale) }
        }
    }

    private static func scales(_ scales: [(Double, stake: Double)]) -> [RankBet] {
        scales.map { RankBet($0.stake, shift: 0, scale: $0.0) }
    }

    private static func tails(_ tails: [(part: Double, share: Double, stake: Double)]) -> [RankBet] {
        tails.flatMap { tail in
            [true, false].map { RankBet(tail.stake, share: tail.share, inOutermost: tail.part, upper: $0) }
        }
    }
}
