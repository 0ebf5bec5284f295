import LeewayStats

/// Which cell a category's share is followed in.
///
/// Where there are at most 124 categories, all with 20 rows or more, each has a cell of its own, and new ones share another.
/// Else a quarter of the reference (8,192 rows at most, drawn at random) says which ones have a cell: the 110 most frequent
/// there have one each, its others share 14, and all that it has not, rare or new, share one. The rows that said it count no
/// more: a category picked for its many rows would seem to become rarer afterwards.
struct CategoryCells: Sendable, Equatable {
    /// The cell of missing values, and that of categories that are in no other.
    static let (missing, other, special) = (0, 1, 2)
    private static let (singleLimit, groupLimit) = (110, 14)
    private static let (enoughRows, pickingRows) = (20, 8_192)

    /// The reference's rows in each cell.
    let counts: [Int]
    /// For each of the reference's categories, its cell.
    let cells: [UInt8]
    /// How many of the reference's rows have a category that no other row has, and how many have another one: the first are
    /// as frequent as new categories are to be expected (Good 1953).
    let (lone, others): (Int, Int)

    init(counts: [Int], missing: Int, using generator: inout SeededGenerator) {
        lone = counts.count { $0 == 1 }
        others = counts.reduce(0, +) - lone
        var kept = counts + [missing]
        var picked = counts.indices.filter { counts[$0] > 0 }
        let isSplit =
            picked.count > Self.singleLimit + Self.groupLimit || picked.contains { counts[$0] < Self.enoughRows }
        if isSplit {
            var tree = CountTree(kept)
            for _ in 0..<min(tree.total / 4, Self.pickingRows) {
                tree.add(-1, to: tree.cell(ofRow: generator.next(below: tree.total)))
            }
            let drawn = counts.indices.map { counts[$0] - tree.cells[$0] }
            kept = tree.cells
            picked = counts.indices.filter { drawn[$0] > 0 }.sorted { (-drawn[$0], $0) < (-drawn[$1], $1) }
        }
        var cells = [UInt8](repeating: UInt8(Self.other), count: counts.count)
        for (place, category) in picked.enumerated() {
            let isGrouped = isSplit && place >= Self.singleLimit
            cells[category] = UInt8(Self.special + (isGrouped ? Self.singleLimit + place % Self.groupLimit : place))
        }
        var sums = [Int](repeating: 0, count: Int(cells.max() ?? 0) + 1)
        sums += [Int](repeating: 0, count: max(0, Self.special - sums.count))
        for (category, cell) in cells.enumerated() { sums[Int(cell)] += kept[category] }
        sums[Self.missing] = kept[counts.count]
        (self.counts, self.cells) = (sums, cells)
    }
}
