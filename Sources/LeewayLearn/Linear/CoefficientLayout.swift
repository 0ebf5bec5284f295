/// Where each column's coefficients stand inside a fit, and in which units.
///
/// Order: the intercept, the numeric columns, then the categorical columns from the fewest to the most categories seen.
/// Categories that no row has get no coefficient: their optimum is zero. All unknown codes share the place `sink`, one
/// past the end, whose coefficient stays zero.
struct CoefficientLayout {
    /// A categorical column as one level of the pattern tree.
    struct Level {
        /// The column's place in `EncodedFeatures.categorical`.
        let column: Int
        /// For code + 1: a rank among the seen categories, with unknown last; -1 where no row has the code.
        let ranks: [Int32]
        /// The coefficient of rank 0.
        let start: Int
        /// How many ranks there are, unknown not counted.
        let seen: Int
    }

    /// How many coefficients there are; also the place of the sink.
    let count: Int
    /// What is subtracted from a numeric column before it is divided by its scale.
    let centers: [Double]
    /// What a numeric column is divided by: a power of two, so that scaling is exact.
    let scales: [Double]
    /// The categorical columns in the order of the tree.
    let levels: [Level]
    /// Σ wᵢ over the rows that have a category, by coefficient; over all rows for intercept and numeric columns.
    let weightTotals: [Double]

    /// The place of unknown codes.
    var sink: Int { count }

    /// Lays out the coefficients of these rows.
    init(
        _ features: EncodedFeatures, labels: [Bool], weights: RowWeights, workers: Workers
    ) {
        let (numericCount, categoricalCount) = (features.numeric.count, features.categorical.count)
        let total = Self.total(labels, weights)
        var totals = [Double](repeating: total, count: 1 + numericCount)

        let units = Scratch(repeating: SIMD2<Double>(), count: numericCount)
        let starts = features.categorical.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.categoryCount + 1) }
        let counts = Scratch(repeating: SIMD2<Int32>(), count: starts[categoricalCount])
        do {
            // Each piece writes to one column's place.
            nonisolated(unsafe) let (units, counts) = (units.base, counts.base)
            workers.share(numericCount + categoricalCount) { piece in
                if piece < numericCount {
                    let unit = ColumnUnit(of: features.numeric[piece].values)
                    units[piece] = SIMD2(unit.center, unit.scale)
                } else {
                    let column = piece - numericCount
                    Self.countRows(
                        of: features.categorical[column].codes, labels, into: counts + starts[column],
                        features.categorical[column].categoryCount + 1)
                }
            }
        }
        centers = (0..<numericCount).map { units.base[$0].x }
        scales = (0..<numericCount).map { units.base[$0].y }

        let seen = (0..<categoricalCount).map { column in
            (starts[column] + 1..<starts[column + 1]).count { counts.base[$0] != .zero }
        }
        var levels: [Level] = []
        for column in features.categorical.indices.sorted(by: { (seen[$0], $0) < (seen[$1], $1) }) {
            var ranks = [Int32](repeating: -1, count: features.categorical[column].categoryCount + 1)
            let start = totals.count
            for code in 1..<ranks.count {
                let rows = counts.base[starts[column] + code]
                guard rows != .zero else { continue }
                ranks[code] = Int32(totals.count - start)
                totals.append(weights.negative * Double(rows.x) + weights.positive * Double(rows.y))
            }
            ranks[0] = Int32(seen[column])
            levels.append(Level(column: column, ranks: ranks, start: start, seen: seen[column]))
        }
        if weights.rows != nil { Self.addUp(features, labels, weights, levels, into: &totals) }
        self.levels = levels
        weightTotals = totals
        count = totals.count
    }

    private static func total(_ labels: [Bool], _ weights: RowWeights) -> Double {
        guard weights.rows == nil else {
            return labels.enumerated().reduce(0) { $0 + weights.weight(of: $1.offset, isPositive: $1.element) }
        }
        let positives = Double(labels.count(where: { $0 }))
        return weights.positive * positives + weights.negative * (Double(labels.count) - positives)
    }

    /// Sums the weights of each category's rows, where they are not told by the numbers of rows.
    private static func addUp(
        _ features: EncodedFeatures, _ labels: [Bool], _ weights: RowWeights, _ levels: [Level],
        into totals: inout [Double]
    ) {
        for level in levels {
            // Above 0, as scales are: of rows without weight the gradient is 0, too.
            for place in level.start..<level.start + level.seen { totals[place] = .leastNormalMagnitude }
            for (row, code) in features.categorical[level.column].codes.enumerated() where code >= 0 {
                let place = level.start + Int(level.ranks[Int(code) + 1])
                totals[place] += weights.weight(of: row, isPositive: labels[row])
            }
        }
    }

    /// Counts negative and positive rows of each code, unknown first.
    private static func countRows(
        of codes: [Int32], _ labels: [Bool], into counts: UnsafeMutablePointer<SIMD2<Int32>>, _ count: Int
    ) {
        // Rows with one code follow each other often: tables in turn spare each increment the wait for the last one.
        let tables = count < 1_024 ? 4 : 1
        let table = Scratch(repeating: SIMD2<Int32>(), count: tables * count)
        codes.withUnsafeBufferPointer { codes in
            labels.withUnsafeBufferPointer { labels in
                for row in codes.indices {
                    let one: Int32 = labels[row] ? 1 : 0
                    table.base[(row & (tables &- 1)) &* count &+ Int(codes[row]) &+ 1] &+= SIMD2(1 &- one, one)
                }
            }
        }
        for place in 0..<(tables * count) { counts[place % count] &+= table.base[place] }
    }
}
