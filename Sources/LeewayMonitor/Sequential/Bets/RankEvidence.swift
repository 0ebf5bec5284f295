import LeewayCore

/// What the bets on a stream of ranks have become: the evidence that they are no longer uniform.
///
/// - Complexity: 32 products and sums, and two cells of the histograms that learn.
struct RankEvidence: Sendable {
    private let bets: RankBets
    private let contract: FalseAlarmContract
    private var fixed: [SIMD8<Double>]
    private var learning: [ForgettingHistogram]
    private var learned: [Double]
    private var rows = 0
    /// R, of all bets together, with what is not staked yet.
    private(set) var value: Double

    init(_ contract: FalseAlarmContract, _ bets: RankBets = .onRows) {
        self.bets = bets
        self.contract = contract
        fixed = [SIMD8<Double>](repeating: .zero, count: RankBets.groups)
        learning = RankBets.histograms.map {
            ForgettingHistogram(cells: $0.cells, memory: $0.memory, prior: $0.prior)
        }
        learned = [Double](repeating: 0, count: learning.count)
        value = contract.reserve(afterRows: 0)
    }

    /// Settles all bets on the next rank, of 0 ..< 1.
    mutating func add(_ rank: Double) {
        rows += 1
        let stake = contract.stake(atRow: rows)
        let cell = Int(RankGrid.cells[Int(rank * Double(RankGrid.resolution))])
        var sum = SIMD8<Double>.zero
        for group in 0..<RankBets.groups {
            let evidence =
                (fixed[group] + bets.stakes[group] * stake) * bets.factors[cell * RankBets.groups + group]
            fixed[group] = evidence
            sum += evidence
        }
        var total = sum.sum()
        let histograms = RankBets.histograms
        for place in learned.indices {
            let cells = Double(histograms[place].cells)
            let factor = learning[place].add(cell: Int(rank * cells), chance: 1 / cells)
            learned[place] = (learned[place] + bets.histogramStakes[place] * stake) * factor
            total += learned[place]
        }
        value = total + contract.reserve(afterRows: rows)
    }

    /// Takes all stakes back and starts anew.
    mutating func reset() {
        for group in fixed.indices { fixed[group] = .zero }
        for place in learned.indices {
            learning[place].reset()
            learned[place] = 0
        }
        rows = 0
        value = contract.reserve(afterRows: 0)
    }

    func write(to state: inout StateWriter) {
        state.append(rows)
        state.append(value)
        for group in fixed { state.append((0..<8).map { group[$0] }) }
        state.append(learned)
        for histogram in learning { histogram.write(to: &state) }
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        rows = try state.count()
        value = try state.amount()
        for group in fixed.indices { fixed[group] = SIMD8(try state.amounts(8)) }
        learned = try state.amounts(learned.count)
        for place in learning.indices { try learning[place].read(from: &state) }
    }
}
