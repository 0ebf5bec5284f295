package import LeewayCore

/// A numeric column as its distinct values, ascending, and how often each came: all that a profile needs.
///
/// What is computed from it does not depend on the order of the rows. It is also what SQL's `group by` returns.
///
/// - Missing: NaN is dropped; ±∞ is a value like any other.
/// - Negative zero: folded into 0.
package struct ValueCounts: Sendable, Equatable {
    /// Distinct and ascending.
    package let values: [Double]
    /// Above 0, one for each of `values`.
    package let counts: [Int]
    /// The number of rows that are not missing.
    package let count: Int

    /// Sorts and counts a column.
    ///
    /// - Complexity: O(n) above 2,000 values, O(n log n) below.
    package init(_ column: [Double]) {
        var keys: [UInt64] = []
        keys.reserveCapacity(column.count)
        // Adding 0 turns -0 into 0.
        for value in column where !value.isNaN { keys.append((value + 0).orderedBits) }
        RadixSort.sort(&keys)
        var (values, counts) = ([Double](), [Int]())
        var start = 0
        for index in keys.indices where index + 1 == keys.count || keys[index + 1] != keys[index] {
            values.append(Double(orderedBits: keys[index]))
            counts.append(index + 1 - start)
            start = index + 1
        }
        (self.values, self.counts, self.count) = (values, counts, keys.count)
    }

    /// Takes values that are sorted already, as `group by … order by` returns them.
    ///
    /// NaN and counts of 0 are dropped; equal neighbours, such as -0 and 0, become one.
    ///
    /// - Throws: `malformedDataset` when a value is smaller than the one before it, a count is negative, or there is not
    ///   one count a value.
    package init(sorted values: [Double], counts: [Int]) throws(LeewayError) {
        guard values.count == counts.count else {
            throw LeewayError(.malformedDataset, "There are \(values.count) values but \(counts.count) counts.")
        }
        var (keptValues, keptCounts, total) = ([Double](), [Int](), 0)
        for (value, count) in zip(values, counts) where !value.isNaN && count != 0 {
            guard count > 0, value >= keptValues.last ?? value else {
                throw LeewayError(.malformedDataset, "Value counts must be ascending and have no negative count.")
            }
            if value == keptValues.last {
                keptCounts[keptCounts.count - 1] += count
            } else {
                keptValues.append(value + 0)
                keptCounts.append(count)
            }
            total += count
        }
        (self.values, self.counts, self.count) = (keptValues, keptCounts, total)
    }
}

extension ValueCounts {
    /// The smallest value, or nil without values.
    package var min: Double? { values.first }

    /// The largest value, or nil without values.
    package var max: Double? { values.last }

    /// The same without -∞ and +∞, which can stand at the two ends only.
    package var finite: ValueCounts {
        guard let min, let max, !(min.isFinite && max.isFinite) else { return self }
        let kept = values.indices.filter { values[$0].isFinite }
        return ValueCounts(values: kept.map { values[$0] }, counts: kept.map { counts[$0] })
    }

    private init(values: [Double], counts: [Int]) {
        (self.values, self.counts, self.count) = (values, counts, counts.reduce(0, +))
    }
}
