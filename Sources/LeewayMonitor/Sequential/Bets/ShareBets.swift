import LeewayCore

/// Four bets on each of some cells: that a cell's odds become `odds` times as large.
struct ShareBets: Sendable, Equatable {
    private let odds: SIMD4<Double>
    private let excess: SIMD4<Double>
    /// The cells that are bet on, ascending.
    private let cells: [Int]
    private let stakes: [SIMD4<Double>]
    private(set) var evidence: [SIMD4<Double>]

    /// Takes each cell's stake, and its parts on each of the odds.
    init(odds: SIMD4<Double>, parts: SIMD4<Double>, cells: [Int], stakes: [Double]) {
        (self.odds, excess, self.cells) = (odds, odds - 1, cells)
        self.stakes = stakes.map { parts * $0 }
        evidence = [SIMD4<Double>](repeating: .zero, count: cells.count)
    }

    /// Settles the bets on a row in the cell `hit`, where a cell is expected by its count's share of the total, and returns the
    /// evidence of all.
    mutating func add(hit: Int, counts: [Double], total: Double, stake: Double) -> Double {
        var sum = SIMD4<Double>.zero
        for place in evidence.indices {
            let cell = cells[place]
            var result =
                (evidence[place] + stakes[place] * stake) * (total / (excess * counts[cell] + total))
            if cell == hit { result *= odds }
            evidence[place] = result
            sum += result
        }
        return sum.sum()
    }

    /// Takes all stakes back.
    mutating func reset() {
        for place in evidence.indices { evidence[place] = .zero }
    }

    func write(to state: inout StateWriter) {
        for bet in evidence { state.append((0..<4).map { bet[$0] }) }
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        for place in evidence.indices { evidence[place] = SIMD4(try state.amounts(4)) }
    }
}
