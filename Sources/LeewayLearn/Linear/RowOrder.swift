/// Training rows in the order of their category codes, first level first, and each row's place in the pattern tree.
///
/// - Complexity: O(rows · columns): a counting sort for each group of columns.
struct RowOrder {
    /// Row numbers in order; equal patterns keep the order of the rows.
    let rows: [Int32]
    /// For each row number, the coefficient of its category at each level.
    let nodes: [Int32]

    /// Sorts the rows of these features.
    init(_ features: EncodedFeatures, _ layout: CoefficientLayout) {
        let rowCount = features.rowCount
        let levelCount = layout.levels.count
        var nodes = [Int32](repeating: 0, count: rowCount * levelCount)
        var keys: [(values: [Int32], count: Int)] = []
        // Few rows are not worth many buckets.
        let bucketLimit = min(max(4 * rowCount, 256), 1 << 17)
        for (depth, level) in layout.levels.enumerated() {
            let codes = features.categorical[level.column].codes
            let fanOut = level.seen + 1
            if let last = keys.last, last.count * fanOut <= bucketLimit {
                keys[keys.count - 1].count *= fanOut
            } else {
                keys.append((values: [Int32](repeating: 0, count: rowCount), count: fanOut))
            }
            keys[keys.count - 1].values.withUnsafeMutableBufferPointer { key in
                nodes.withUnsafeMutableBufferPointer { nodes in
                    codes.withUnsafeBufferPointer { codes in
                        level.ranks.withUnsafeBufferPointer { ranks in
                            let (start, unknown) = (Int32(level.start), Int32(level.seen))
                            let (factor, sink) = (Int32(fanOut), Int32(layout.sink))
                            for row in 0..<rowCount {
                                let rank = ranks[Int(codes[row]) &+ 1]
                                key[row] = key[row] &* factor &+ rank
                                nodes[row &* levelCount &+ depth] = rank == unknown ? sink : start &+ rank
                            }
                        }
                    }
                }
            }
        }
        self.nodes = nodes
        rows = keys.reversed().reduce(Array(0..<Int32(rowCount))) { Self.sorted($0, by: $1.values, count: $1.count) }
    }

    /// A stable counting sort by keys in 0 ..< count.
    private static func sorted(_ rows: [Int32], by keys: [Int32], count: Int) -> [Int32] {
        var places = [Int32](repeating: 0, count: count)
        for key in keys { places[Int(key)] &+= 1 }
        var next: Int32 = 0
        for key in places.indices { (places[key], next) = (next, next &+ places[key]) }
        return [Int32](unsafeUninitializedCapacity: rows.count) { sorted, sortedCount in
            places.withUnsafeMutableBufferPointer { places in
                for row in rows {
                    let key = Int(keys[Int(row)])
                    sorted[Int(places[key])] = row
                    places[key] &+= 1
                }
            }
            sortedCount = rows.count
        }
    }
}
