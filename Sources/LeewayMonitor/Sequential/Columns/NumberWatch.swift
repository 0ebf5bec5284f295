import LeewayCore
import LeewayStats

/// The bets on a column of numbers: on ranks, on numbers that come often, and on missing values.
struct NumberWatch: Sendable {
    /// How the stake is parted where some numbers come often; the rest is on ranks.
    private static let (sharePart, missingPart) = (0.25, 0.05)

    private let cells: NumberCells
    private var ranks: ConformalRanks
    private var rankEvidence: RankEvidence
    private var shares: ShareEvidence?
    private var missing: ShareEvidence

    init(_ cells: NumberCells, missing: Int, bag: RankBag, contract: FalseAlarmContract) {
        self.cells = cells
        ranks = ConformalRanks(cells.counts, bag: bag)
        rankEvidence = RankEvidence(contract)
        if cells.shareCounts.count > 1 {
            shares = ShareEvidence(
                cells.shareCounts, isWatched: cells.shareCounts.map { _ in false }, contract: contract)
        }
        self.missing = ShareEvidence(
            [cells.counts.reduce(0, +), missing], isWatched: [true, true], contract: contract)
    }

    /// The evidence of all bets by their parts of the stake.
    var evidence: Double {
        let shareEvidence = shares.map { Self.sharePart * $0.value } ?? 0
        let rankPart = 1 - Self.missingPart - (shares == nil ? 0 : Self.sharePart)
        return rankPart * rankEvidence.value + shareEvidence + Self.missingPart * missing.value
    }

    mutating func add(_ number: Double, using generator: inout SeededGenerator) {
        guard !number.isNaN else {
            missing.add(cell: 1)
            return
        }
        missing.add(cell: 0)
        let cell = cells.cell(of: number)
        rankEvidence.add(ranks.add(cell: cell, using: &generator))
        shares?.add(cell: Int(cells.shareCells[cell]))
    }

    mutating func reset(keepingRows: Bool) {
        rankEvidence.reset()
        if !keepingRows { ranks.returnToReference() }
        shares?.reset(keepingRows: keepingRows)
        missing.reset(keepingRows: keepingRows)
    }

    func write(to state: inout StateWriter) {
        ranks.write(to: &state)
        rankEvidence.write(to: &state)
        shares?.write(to: &state)
        missing.write(to: &state)
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        try ranks.read(from: &state)
        try rankEvidence.read(from: &state)
        try shares?.read(from: &state)
        try missing.read(from: &state)
    }
}
