import LeewayCore
package import LeewayStats

/// Each new row's place among the rows before it, as a number that is uniform in [0, 1) as long as nothing changed.
///
/// u = (b + U · (c + 1)) / (n + 1), where b of the n rows of reference and stream lie in cells below the new row's, c in its
/// own, and U is drawn uniformly. If reference and stream are exchangeable (independent draws of one distribution are),
/// the u are **exactly** independent and uniform: for every distribution and size of reference, with ties, and for every
/// choice of cells.
///
/// - Why: given the rows so far as a heap without an order, the newest is any of them with the same chance, so its place is
///   uniform and tells nothing of the heap. This is also why a row drawn from the whole heap may be thrown away.
/// - Broken by: rows that follow each other (autocorrelation), seasons within the stream that the reference has not, a
///   reference that is selected differently from the traffic, and rows that were counted with values already known to be new.
/// - Empty reference: fine; the first rows are ranked among themselves.
/// - Source: Vovk, Gammerman & Shafer, Algorithmic Learning in a Random World (2005), Theorem 2 of chapter 2: smoothed
///   conformal p-values.
/// - Complexity: O(√cells) at worst, about 100 additions for 131,073 cells.
package struct ConformalRanks: Sendable, Equatable {
    private let reference: CountTree
    private var bag: CountTree
    private let kind: RankBag
    /// Rows since the start or the last return to the reference.
    package private(set) var rows = 0

    /// Takes the reference's rows in each cell, in the order of the cells.
    package init(_ counts: [Int], bag kind: RankBag = .all) {
        precondition(!counts.isEmpty, "Ranks need a cell.")
        reference = CountTree(counts)
        bag = reference
        self.kind = kind
    }

    /// How many rows a new one is ranked among.
    package var bagCount: Int { bag.total }

    /// Ranks a new row by its cell and puts it into the bag.
    package mutating func add(cell: Int, using generator: inout SeededGenerator) -> Double {
        let uniform = Double(generator.next() >> 11) * 0x1p-53
        let (below, ties) = (Double(bag.sum(before: cell)), Double(bag.cells[cell] + 1))
        let rank = (below + uniform * ties) / Double(bag.total + 1)
        switch kind {
        case .all: bag.add(1, to: cell)
        case .exchanged(let limit):
            bag.add(1, to: cell)
            if bag.total > max(limit, reference.total, 1) {
                bag.add(-1, to: bag.cell(ofRow: generator.next(below: bag.total)))
            }
        case .frozen(let limit): if rows < limit { bag.add(1, to: cell) }
        }
        rows += 1
        // Rounding may give 1 itself.
        return min(rank, 1 - 0x1p-53)
    }

    /// Empties the bag of all rows but the reference's.
    package mutating func returnToReference() { (bag, rows) = (reference, 0) }

    func write(to state: inout StateWriter) {
        state.append(rows)
        let changed = bag.cells.indices.filter { bag.cells[$0] != reference.cells[$0] }
        state.append(changed.count)
        var next = 0
        for cell in changed {
            let change = bag.cells[cell] - reference.cells[cell]
            state.append(cell - next)
            state.append(change < 0 ? -2 * change - 1 : 2 * change)
            next = cell + 1
        }
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        returnToReference()
        rows = try state.count()
        var next = 0
        for _ in 0..<(try state.count(atMost: bag.cells.count)) {
            let cell = next + (try state.count(atMost: bag.cells.count - 1 - next))
            let change = try state.count()
            let count = change % 2 == 0 ? change / 2 : -(change + 1) / 2
            guard bag.cells[cell] + count >= 0 else { throw StateReader.damaged("a count is negative") }
            bag.add(count, to: cell)
            next = cell + 1
        }
    }
}
