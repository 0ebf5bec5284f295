package import LeewayCore
import LeewayStats

/// A column as codes of bins that were laid without a look at which side a row is on.
///
/// Bins from the reference alone would fix how many reference rows each has: the more of them one fold has, the fewer the
/// others, and a judge from those would be wrong on it more often than by chance. And a code for categories that the
/// reference lacks would name the window's rows by itself.
///
/// - Numbers: about equal shares of the rows; a value is never divided; values of few rows share a bin with the next. With
///   three bins or more they have curves too: few numbers that tell the shifts that are most common, which bins alone need
///   many rows to tell.
/// - Categories: the most frequent have a code each, the others share one.
/// - Missing: a code of its own.
package struct PooledBins: Sendable, Equatable {
    /// The fewest rows of a bin of numbers or of a category with its own code.
    package static let fewestRows = 5
    /// The most categories with a code each.
    package static let categoryLimit = 50

    /// One code a row, 0 ..< count.
    package let codes: [Int32]
    /// How many codes there are.
    package let count: Int
    /// Numbers to a code, of mean 0 and standard deviation 1 over the rows that are not missing, which have 0: the normal
    /// score of a bin's middle rank, and the part of its square that is left; none for categories.
    package let curves: [[Double]]

    /// Bins a column over the rows of both sides.
    package init(_ values: Dataset.Values, binCount: Int) {
        switch values {
        case .numeric(let numbers): self.init(numbers, binCount: binCount)
        case .categorical(let categorical): self.init(categorical)
        }
    }

    private init(_ numbers: [Double], binCount: Int) {
        let uppers = Self.uppers(ValueCounts(numbers), binCount: binCount)
        var counts = [Int](repeating: 0, count: uppers.count + 1)
        codes = uppers.withUnsafeBufferPointer { uppers in
            numbers.map { number in
                var (low, high) = (0, uppers.count)
                if number.isNaN { low = high }
                while low < high {
                    let middle = (low &+ high) / 2
                    if uppers[middle] < number { low = middle &+ 1 } else { high = middle }
                }
                counts[low] += 1
                return Int32(truncatingIfNeeded: low)
            }
        }
        let hasMissing = counts[uppers.count] > 0
        count = uppers.count + (hasMissing ? 1 : 0)
        curves = Self.curves(counts.dropLast()).map { hasMissing ? $0 + [0] : $0 }
    }

    private static func curves(_ counts: some Collection<Int>) -> [[Double]] {
        guard counts.count > 2 else { return [] }
        let total = Double(counts.reduce(0, +))
        /// Mean 0 and mean square 1.
        func unit(_ scores: [Double]) -> [Double] {
            let mean = zip(scores, counts).reduce(0) { $0 + $1.0 * Double($1.1) } / total
            let square = zip(scores, counts).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * Double($1.1) } / total
            return scores.map { ($0 - mean) / square.squareRoot() }
        }
        var seen = 0.0
        let normal = unit(
            counts.map { count in
                defer { seen += Double(count) }
                return NormalDistribution.quantile((seen + Double(count) / 2) / total)
            })
        let skew = zip(normal, counts).reduce(0) { $0 + $1.0 * $1.0 * $1.0 * Double($1.1) } / total
        return [normal, unit(normal.map { $0 * $0 - skew * $0 })]
    }

    /// The largest value of each bin: what is left of the rows is shared out evenly among the bins that are left.
    static func uppers(_ counts: ValueCounts, binCount: Int) -> [Double] {
        var (uppers, rows, taken) = ([Double](), 0, 0)
        for (place, value) in counts.values.enumerated() {
            rows += counts.counts[place]
            let left = counts.count - taken
            let isFull = rows >= fewestRows && rows * (binCount - uppers.count) >= left
            if place == counts.values.count - 1 || (isFull && uppers.count + 1 < binCount && left - rows >= fewestRows)
            {
                uppers.append(value)
                taken += rows
                rows = 0
            }
        }
        return uppers
    }

    private init(_ categorical: Categorical) {
        var rows = [Int](repeating: 0, count: categorical.categories.count)
        for code in categorical.codes where code >= 0 { rows[Int(code)] += 1 }
        let frequent = rows.indices.filter { rows[$0] >= Self.fewestRows }
            .sorted {
                rows[$0] == rows[$1]
                    ? categorical.categories[$0].utf8.lexicographicallyPrecedes(categorical.categories[$1].utf8)
                    : rows[$0] > rows[$1]
            }
            .prefix(Self.categoryLimit)
        var own = [Int32](repeating: -1, count: rows.count)
        for (code, category) in frequent.enumerated() { own[category] = Int32(code) }
        var count = Int32(frequent.count)
        if rows.indices.contains(where: { rows[$0] > 0 && own[$0] < 0 }) {
            for category in own.indices where own[category] < 0 { own[category] = count }
            count += 1
        }
        let missing = count
        if categorical.codes.contains(where: { $0 < 0 }) { count += 1 }
        codes = categorical.codes.map { $0 < 0 ? missing : own[Int($0)] }
        self.count = Int(count)
        curves = []
    }
}
