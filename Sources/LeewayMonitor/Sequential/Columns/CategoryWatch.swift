import LeewayCore
import LeewayStats

/// The bets on a column of categories: on the shares of its cells, and on how often a new category comes.
struct CategoryWatch: Sendable {
    /// The part of the stake that is on new categories.
    private static let newPart = 0.05

    /// The reference's categories, in the order of their bytes.
    private let categories: [String]
    private let cells: CategoryCells
    private var shares: ShareEvidence
    private var new: ShareEvidence

    init(
        _ categories: [String], counts: [Int], missing: Int, contract: FalseAlarmContract,
        using generator: inout SeededGenerator
    ) {
        self.categories = categories
        cells = CategoryCells(counts: counts, missing: missing, using: &generator)
        let isWatched = cells.counts.indices.map { $0 == CategoryCells.missing }
        shares = ShareEvidence(cells.counts, isWatched: isWatched, contract: contract)
        new = ShareEvidence([cells.others, cells.lone], isWatched: [true, true], contract: contract)
    }

    /// The evidence of all bets by their parts of the stake.
    var evidence: Double { (1 - Self.newPart) * shares.value + Self.newPart * new.value }

    /// The code of a category, byte for byte.
    func code(of category: String) -> Int32 {
        var (place, end) = (0, categories.count)
        while place < end {
            let middle = (place + end) / 2
            let isBefore = categories[middle].utf8.lexicographicallyPrecedes(category.utf8)
            if isBefore { place = middle + 1 } else { end = middle }
        }
        guard place < categories.count, categories[place].utf8.elementsEqual(category.utf8) else {
            return WindowCounts.newCode
        }
        return Int32(place)
    }

    mutating func add(_ code: Int32) {
        switch code {
        case WindowCounts.missingCode: shares.add(cell: CategoryCells.missing)
        case WindowCounts.newCode:
            shares.add(cell: CategoryCells.other)
            new.add(cell: 1)
        default:
            shares.add(cell: Int(cells.cells[Int(code)]))
            new.add(cell: 0)
        }
    }

    mutating func reset(keepingRows: Bool) {
        shares.reset(keepingRows: keepingRows)
        new.reset(keepingRows: keepingRows)
    }

    func write(to state: inout StateWriter) {
        shares.write(to: &state)
        new.write(to: &state)
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        try shares.read(from: &state)
        try new.read(from: &state)
    }
}
