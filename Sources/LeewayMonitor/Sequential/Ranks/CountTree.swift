/// Counts of cells whose sums up to a cell are found fast: sums of 64 cells, and of 64 of these, are kept beside the cells.
///
/// - Complexity: a sum or a search adds up 64 neighbours a level at most; a change writes one number a level.
struct CountTree: Sendable, Equatable {
    private static let shift = 6
    private static let fan = 1 << shift

    /// The counts of the cells.
    private(set) var cells: [Int]
    private var blocks: [Int]
    private var groups: [Int]
    /// All counts together.
    private(set) var total: Int

    init(_ counts: [Int]) {
        precondition(counts.allSatisfy { $0 >= 0 }, "A count is negative.")
        cells = counts
        blocks = Self.sums(counts)
        groups = Self.sums(blocks)
        total = counts.reduce(0, +)
    }

    private static func sums(_ counts: [Int]) -> [Int] {
        var sums = [Int](repeating: 0, count: (counts.count + fan - 1) / fan)
        for (place, count) in counts.enumerated() { sums[place >> shift] += count }
        return sums
    }

    /// The counts of all cells before one.
    func sum(before cell: Int) -> Int {
        let block = cell >> Self.shift
        let group = block >> Self.shift
        return Self.sum(groups, 0, group) &+ Self.sum(blocks, group << Self.shift, block)
            &+ Self.sum(cells, block << Self.shift, cell)
    }

    @inline(__always)
    private static func sum(_ counts: [Int], _ start: Int, _ end: Int) -> Int {
        precondition(end <= counts.count, "There is no such cell.")
        return counts.withUnsafeBufferPointer { counts in
            var sum = 0
            for place in start..<end { sum &+= counts[place] }
            return sum
        }
    }

    /// Adds to a cell's count, or takes from it.
    mutating func add(_ count: Int, to cell: Int) {
        cells[cell] += count
        precondition(cells[cell] >= 0, "A count became negative.")
        blocks[cell >> Self.shift] += count
        groups[cell >> (2 * Self.shift)] += count
        total += count
    }

    /// The cell of the row that has so many rows before it, counting from 0.
    func cell(ofRow row: Int) -> Int {
        precondition(row >= 0 && row < total, "There is no such row.")
        var rest = row
        let group = Self.place(&rest, groups, 0)
        let block = Self.place(&rest, blocks, group << Self.shift)
        return Self.place(&rest, cells, block << Self.shift)
    }

    private static func place(_ rest: inout Int, _ counts: [Int], _ start: Int) -> Int {
        var place = start
        while rest >= counts[place] {
            rest -= counts[place]
            place += 1
        }
        return place
    }
}
