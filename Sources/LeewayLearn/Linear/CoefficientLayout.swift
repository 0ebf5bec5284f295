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
    init(_ features: EncodedFeatures, labels: [Bool], weights: (positive: Double, negative: Double)) {
        let units = features.numeric.map { Self.unit(of: $0.values) }
        centers = units.map(\.center)
        scales = units.map(\.scale)
        let positives = labels.count(where: { $0 })
        let total = weights.positive * Double(positives) + weights.negative * Double(labels.count - positives)
        var totals = [Double](repeating: total, count: 1 + features.numeric.count)

        let counts = features.categorical.map { Self.countRows(of: $0, labels: labels) }
        let seen = counts.map { counts in counts.dropFirst().count { $0 != .zero } }
        var levels: [Level] = []
        for column in features.categorical.indices.sorted(by: { (seen[$0], $0) < (seen[$1], $1) }) {
            var ranks = [Int32](repeating: -1, count: counts[column].count)
            let start = totals.count
            for (code, rows) in counts[column].enumerated().dropFirst() where rows != .zero {
                ranks[code] = Int32(totals.count - start)
                totals.append(weights.negative * Double(rows.x) + weights.positive * Double(rows.y))
            }
            ranks[0] = Int32(seen[column])
            levels.append(Level(column: column, ranks: ranks, start: start, seen: seen[column]))
        }
        self.levels = levels
        weightTotals = totals
        count = totals.count
    }

    /// Negative and positive rows of each code, unknown first.
    private static func countRows(of column: EncodedFeatures.CategoryColumn, labels: [Bool]) -> [SIMD2<Int32>] {
        var counts = [SIMD2<Int32>](repeating: .zero, count: column.categoryCount + 1)
        let ones = (negative: SIMD2<Int32>(1, 0), positive: SIMD2<Int32>(0, 1))
        for (code, isPositive) in zip(column.codes, labels) {
            counts[Int(code) + 1] &+= isPositive ? ones.positive : ones.negative
        }
        return counts
    }

    /// Centre and scale that bring a column near mean 0 and mean square 1.
    ///
    /// A free intercept makes centring exact, and a penalty in the column's own units makes scaling so: both only spare
    /// digits. A column that is near already is left as it is.
    private static func unit(of values: [Double]) -> (center: Double, scale: Double) {
        guard let first = values.first else { return (0, 1) }
        let largest = values.reduce(0) { max($0, abs($1)) }
        guard largest > 0, !values.allSatisfy({ $0 == first }) else { return (first, 1) }
        // Dividing first keeps the sums of the largest numbers finite.
        let shift = powerOfTwo(near: largest)
        let count = Double(values.count)
        let mean = values.reduce(0) { $0 + $1 / shift } / count
        let variance = values.reduce(0) { $0 + ($1 / shift - mean) * ($1 / shift - mean) } / count
        let deviation = variance.squareRoot()
        guard deviation.isNormal else { return (first, shift) }
        let scale = powerOfTwo(near: deviation * shift)
        return (abs(mean) > deviation ? mean * shift : 0, scale)
    }

    /// The largest power of two that is not above a positive number, of a size whose square is a normal number.
    private static func powerOfTwo(near value: Double) -> Double {
        let exponent = min(max(value.exponent, -500), 500)
        return Double(sign: .plus, exponent: exponent, significand: 1)
    }
}
