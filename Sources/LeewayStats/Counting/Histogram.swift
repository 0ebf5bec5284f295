/// Rows counted in bins of equal width.
package struct Histogram: Sendable, Equatable, Codable {
    /// The ends of the bins, ascending: one more than there are bins.
    package let edges: [Double]
    /// Rows of each bin, which holds its left edge and not its right one; the last holds both.
    package let counts: [Int]
}

extension ValueCounts {
    /// Counts the rows in `binCount` bins of equal width between the smallest and the largest value; nil without values.
    ///
    /// - Edges: a bin is [left, right), the last one [left, right]. A value belongs to the last bin whose left edge it reaches.
    /// - Constant column: one bin, from the value to itself.
    /// - Infinite values: left out; nil when nothing is left.
    /// - Source: numpy 2.4 `numpy.histogram` (edges of `numpy.linspace`), but for the constant column.
    package func histogram(binCount: Int = 20) -> Histogram? {
        precondition(binCount > 0, "A histogram has at least one bin.")
        let finite = self.finite
        guard let min = finite.min, let max = finite.max else { return nil }
        guard min < max else { return Histogram(edges: [min, max], counts: [finite.count]) }
        // The width of the whole can overflow; that of a part can't, from two bins on.
        let width = (max - min) / Double(binCount)
        let edges = (0..<binCount).map { index in
            let share = Double(index) / Double(binCount)
            // The width of a column that spans more than half of all numbers overflows.
            return width.isFinite ? Double(index) * width + min : min * (1 - share) + max * share
        }
        var counts = [Int](repeating: 0, count: binCount)
        var bin = 0
        for (value, count) in zip(finite.values, finite.counts) {
            while bin + 1 < binCount, value >= edges[bin + 1] { bin += 1 }
            counts[bin] += count
        }
        return Histogram(edges: edges + [max], counts: counts)
    }
}
