/// Training rows as the passes read them: sorted by category codes, in tiles, with the tree of code patterns beside them.
///
/// - Shape: tiles of 128 rows, each column by column; blocks of whole tiles, each with a tree of its own. Blocks depend
///   on the data alone, never on the number of threads, so neither does any sum.
/// - Units: 8 bytes a numeric cell, 16 a row, 4 a node of the tree.
final class SortedDesign {
    /// Rows to a tile.
    static let tileRows = 128

    /// Some tiles, and where their part of the tree starts.
    struct Block {
        var tiles: Range<Int>
        let segment: Int
    }

    /// How many numeric columns there are.
    let numericCount: Int
    /// How many categorical columns there are: the depth of the tree.
    let levelCount: Int
    /// How many coefficients there are, the sink not counted.
    let coefficientCount: Int
    /// Numeric cells in the units of the layout: tile, column, row.
    let values: Scratch<Double>
    /// What each row counts as a positive one; 0 in rows that only fill a tile.
    let positiveWeights: Scratch<Double>
    /// What each row counts as a negative one.
    let negativeWeights: Scratch<Double>
    /// Runs of rows with one pattern, cut at tiles: the first level that differs from the run before, the number of
    /// rows, then the coefficients of that level and those below it.
    private(set) var segments: [Int32] = []
    /// The parts that are summed on their own.
    private(set) var blocks: [Block] = []

    /// Takes every `step`-th row of an order, counting each `step` times.
    init(
        _ features: EncodedFeatures, labels: [Bool], weights: (positive: Double, negative: Double),
        layout: CoefficientLayout, order: RowOrder, step: Int = 1
    ) {
        numericCount = features.numeric.count
        levelCount = layout.levels.count
        coefficientCount = layout.count
        let rowCount = (features.rowCount + step - 1) / step
        let tileCount = (rowCount + Self.tileRows - 1) / Self.tileRows
        values = Scratch(repeating: 0, count: tileCount * Self.tileRows * numericCount)
        positiveWeights = Scratch(repeating: 0, count: tileCount * Self.tileRows)
        negativeWeights = Scratch(repeating: 0, count: tileCount * Self.tileRows)
        segments.reserveCapacity(rowCount * 2 + rowCount * levelCount / 2)

        let blockTiles = Self.tilesPerBlock(tileCount: tileCount, coefficientCount: layout.count)
        var path = [Int32](repeating: -1, count: levelCount)
        var cells = [Double](repeating: 0, count: numericCount)
        let columns = features.numeric.map(\.values)
        let factor = Double(step)
        var filled = 0
        var segment = 0
        for place in Swift.stride(from: step / 2, to: features.rowCount, by: step) {
            let row = Int(order.rows[place])
            for column in 0..<numericCount {
                cells[column] = (columns[column][row] - layout.centers[column]) / layout.scales[column]
            }
            let change = Self.replace(&path, with: order.nodes, at: row * levelCount)
            let startsTile = filled % Self.tileRows == 0
            if startsTile || change < levelCount || !isLast(filled - 1, cells) {
                let startsBlock = filled % (blockTiles * Self.tileRows) == 0
                if startsTile || change < levelCount {
                    segment = segments.count
                    let level = startsBlock ? 0 : change
                    segments.append(Int32(level))
                    segments.append(0)
                    segments.append(contentsOf: path[level...])
                }
                if startsBlock { blocks.append(Block(tiles: 0..<0, segment: segment)) }
                if startsTile {
                    let tile = filled / Self.tileRows
                    let first =
                        blocks[blocks.count - 1].tiles.isEmpty ? tile : blocks[blocks.count - 1].tiles.lowerBound
                    blocks[blocks.count - 1].tiles = first..<(tile + 1)
                }
                segments[segment + 1] += 1
                store(cells, at: filled)
                filled += 1
            }
            if labels[row] {
                positiveWeights.base[filled - 1] += factor * weights.positive
            } else {
                negativeWeights.base[filled - 1] += factor * weights.negative
            }
        }
        // Rows without weight fill the last tile: they belong to the last pattern.
        let missing = (Self.tileRows - filled % Self.tileRows) % Self.tileRows
        if filled > 0 { segments[segment + 1] += Int32(missing) }
    }

    /// Enough blocks to share work, few enough that clearing and summing their Hessians costs less than the rows do.
    private static func tilesPerBlock(tileCount: Int, coefficientCount: Int) -> Int {
        let cells = max(coefficientCount * coefficientCount, 1)
        let worthwhile = min(tileCount / 32, 64 * tileCount * tileRows / cells, (1 << 25) / cells, 32)
        return max((tileCount + max(worthwhile, 2) - 1) / max(worthwhile, 2), 1)
    }

    /// Writes a row's path over the last one and says at which level the two part.
    private static func replace(_ path: inout [Int32], with nodes: [Int32], at start: Int) -> Int {
        var level = 0
        while level < path.count, path[level] == nodes[start + level] { level += 1 }
        for deeper in level..<path.count { path[deeper] = nodes[start + deeper] }
        return level
    }

    private func isLast(_ place: Int, _ cells: [Double]) -> Bool {
        let tile = values.base + place / Self.tileRows * Self.tileRows * numericCount + place % Self.tileRows
        for column in 0..<numericCount where tile[column * Self.tileRows] != cells[column] { return false }
        return true
    }

    private func store(_ cells: [Double], at place: Int) {
        let tile = values.base + place / Self.tileRows * Self.tileRows * numericCount + place % Self.tileRows
        for column in 0..<numericCount { tile[column * Self.tileRows] = cells[column] }
    }
}
