/// Training rows as the passes read them: sorted by category codes, in tiles, with the tree of code patterns beside them.
///
/// - Shape: tiles of 128 rows, each column by column; blocks of whole tiles, each with a tree of its own. Blocks depend
///   on the data alone, never on the number of threads, so neither does any sum.
/// - Units: 8 bytes a numeric cell, 16 a row, 4 a node of the tree.
///
/// `@unchecked Sendable` because nothing changes after `init`.
final class SortedDesign: @unchecked Sendable {
    /// Rows to a tile.
    static let tileRows = 128

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
    /// The code patterns of the rows.
    let tree: PatternTree

    /// Takes every `step`-th row of an order, counting each `step` times; a pass keeps `blockSums` numbers a block.
    init(
        _ features: EncodedFeatures, labels: [Bool], weights: RowWeights,
        layout: CoefficientLayout, order: RowOrder, step: Int, blockSums: Int,
        workers: Workers
    ) {
        numericCount = features.numeric.count
        levelCount = layout.levels.count
        coefficientCount = layout.count
        let rows = Swift.stride(from: step / 2, to: features.rowCount, by: step).map { order.rows[$0] }
        // Without numbers, all rows of a pattern are one row.
        tree = PatternTree(
            rows, nodes: order.nodes, levelCount: layout.levels.count, blockSums: blockSums,
            merges: features.numeric.isEmpty)
        let tiles = tree.tileCount
        values = Scratch(uninitialized: tiles * Self.tileRows * numericCount)
        positiveWeights = Scratch(repeating: 0, count: tiles * Self.tileRows)
        negativeWeights = Scratch(repeating: 0, count: tiles * Self.tileRows)
        for (index, row) in rows.enumerated() {
            let place = tree.places.isEmpty ? index : Int(tree.places[index])
            let isPositive = labels[Int(row)]
            let weight = weights.weight(of: Int(row), isPositive: isPositive) * Double(step)
            if isPositive {
                positiveWeights.base[place] += weight
            } else {
                negativeWeights.base[place] += weight
            }
        }
        fillValues(features, layout, rows, workers)
    }

    private func fillValues(
        _ features: EncodedFeatures, _ layout: CoefficientLayout, _ rows: [Int32], _ workers: Workers
    ) {
        let (tileRows, count) = (Self.tileRows, numericCount)
        workers.share(count) { column in
            let (center, factor) = (layout.centers[column], 1 / layout.scales[column])
            let target = self.values.base + column * tileRows
            rows.withUnsafeBufferPointer { rows in
                features.numeric[column].values.withUnsafeBufferPointer { source in
                    for start in Swift.stride(from: 0, to: rows.count, by: tileRows) {
                        let tile = target + start &* count
                        let filled = min(tileRows, rows.count &- start)
                        for place in 0..<filled {
                            tile[place] = (source[Int(rows[start &+ place])] - center) * factor
                        }
                        (tile + filled).update(repeating: 0, count: tileRows &- filled)
                    }
                }
            }
        }
    }
}
