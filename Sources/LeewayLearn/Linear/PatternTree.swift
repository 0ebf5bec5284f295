/// The distinct category patterns of sorted rows as a tree: a level a column, written as runs of rows.
///
/// A run is the first level in which it differs from the run before, its number of rows, then the coefficients of that
/// level and of those below. Runs are cut at tiles; a run that only goes on differs at no level.
struct PatternTree {
    /// Some tiles that are summed on their own, and where their runs start.
    struct Block {
        var tiles: Range<Int>
        let start: Int
    }

    /// All runs, one after the other.
    private(set) var runs: [Int32] = []
    /// The blocks in their order; each starts at level 0.
    private(set) var blocks: [Block] = []
    /// Where each row went, when rows were merged; else empty: every row has its own place, in order.
    private(set) var places: [Int32] = []
    /// How many tiles the places fill.
    private(set) var tileCount = 0

    /// Builds the tree of rows in their order; `nodes` has `levelCount` coefficients for every row number.
    init(_ rows: [Int32], nodes: [Int32], levelCount: Int, blockSums: Int, merges: Bool) {
        let tileRows = SortedDesign.tileRows
        let blockRows = Self.tilesPerBlock(rowCount: rows.count, blockSums: blockSums) * tileRows
        runs.reserveCapacity(rows.count * 2 + rows.count * levelCount / 2)
        if merges { places.reserveCapacity(rows.count) }
        var filled = 0
        var run = 0
        var path = [Int32](repeating: -1, count: levelCount)
        nodes.withUnsafeBufferPointer { nodes in
            path.withUnsafeMutableBufferPointer { path in
                for row in rows {
                    let start = Int(row) &* levelCount
                    var level = 0
                    while level < levelCount, path[level] == nodes[start &+ level] { level &+= 1 }
                    let isKnown = level == levelCount && filled > 0
                    for deeper in level..<levelCount { path[deeper] = nodes[start &+ deeper] }
                    if merges, isKnown {
                        places.append(Int32(filled &- 1))
                        continue
                    }
                    if !isKnown || filled % tileRows == 0 {
                        let startsBlock = filled % blockRows == 0
                        if startsBlock { blocks.append(Block(tiles: 0..<0, start: runs.count)) }
                        let first = startsBlock ? 0 : level
                        run = runs.count
                        runs.append(Int32(first))
                        runs.append(0)
                        for deeper in first..<levelCount { runs.append(path[deeper]) }
                    }
                    runs[run &+ 1] &+= 1
                    if merges { places.append(Int32(filled)) }
                    filled &+= 1
                }
            }
        }
        tileCount = (filled + tileRows - 1) / tileRows
        // Rows without weight fill the last tile: they belong to the last pattern.
        if filled > 0 { runs[run + 1] += Int32(tileCount * tileRows - filled) }
        for block in blocks.indices {
            let first = block * blockRows / tileRows
            blocks[block].tiles = first..<min(first + blockRows / tileRows, tileCount)
        }
    }

    /// Enough blocks to share work, few enough that clearing and adding up their sums costs less than the rows do.
    private static func tilesPerBlock(rowCount: Int, blockSums: Int) -> Int {
        let tiles = (rowCount + SortedDesign.tileRows - 1) / SortedDesign.tileRows
        let blocks = max(min(tiles / 32, 64 * rowCount / blockSums, (1 << 24) / blockSums, 32), 2)
        return max((tiles + blocks - 1) / blocks, 1)
    }
}
