package import LeewayCore
import LeewayStats

/// How a column becomes numbers of about mean 0 and standard deviation 1, learned from some of its rows.
///
/// - Numbers: z = (x − mean) / sd over the finite values (ddof 0), within ±10, so that no row and no infinity decides alone. Of a
///   constant column any other value is ±10. Missing: the median.
/// - Categories: an indicator for each of the ten most frequent ones with a share of at least 1 %, one for missing if it is as
///   frequent, one for all others, new ones among them: (1 or 0 − share) / √share, within ±10, over √(indicators that vary − 1), so
///   that a column of categories varies as much as one of numbers.
package enum ColumnScale: Sendable, Equatable {
    case number(mean: Double, sd: Double, median: Double)
    /// For each code its indicator; the last is that of all others. Missing has `missing`.
    case indicators(places: [Int], missing: Int, shares: [Double], weight: Double)

    /// No scaled number is farther from 0.
    static let limit = 10.0
    /// The most indicators of categories, missing and all others not counted.
    static let categoryLimit = 10
    /// The smallest share of a category with an indicator.
    static let fewest = 0.01

    /// Learns from rows; nil where a numeric column has no finite value among them.
    package init?(_ values: Dataset.Values, rows: Range<Int>) {
        switch values {
        case .numeric(let numbers):
            let counts = ValueCounts(Array(numbers[rows])).finite
            guard let mean = counts.mean, let sd = counts.sd, let median = counts.quantile(0.5) else { return nil }
            self = .number(mean: mean, sd: sd, median: median)
        case .categorical(let categorical):
            var counts = [Int](repeating: 0, count: categorical.categories.count + 1)
            for row in rows { counts[Int(categorical.codes[row]) + 1] += 1 }
            let fewest = Self.fewest * Double(rows.count)
            let frequent = counts.indices.dropFirst().filter { Double(counts[$0]) >= fewest }
                .sorted {
                    let (left, right) = (categorical.categories[$0 - 1].utf8, categorical.categories[$1 - 1].utf8)
                    return counts[$0] == counts[$1]
                        ? left.lexicographicallyPrecedes(right) : counts[$0] > counts[$1]
                }
                .prefix(Self.categoryLimit)
            let own = frequent + (Double(counts[0]) >= fewest ? [0] : [])
            var places = [Int](repeating: own.count, count: counts.count)
            for (place, code) in own.enumerated() { places[code] = place }
            var shares = [Double](repeating: 0, count: own.count + 1)
            for (code, count) in counts.enumerated() { shares[places[code]] += Double(count) / Double(rows.count) }
            let varying = shares.count { $0 > 0 }
            self = .indicators(
                places: Array(places.dropFirst()), missing: places[0], shares: shares,
                weight: 1 / Double(max(1, varying - 1)).squareRoot())
        }
    }

    /// The scaled columns of some rows: one of numbers, or one an indicator.
    ///
    /// - Precondition: the column is the one that was learned from.
    package func scaled(_ values: Dataset.Values, rows: Range<Int>) -> [[Double]] {
        switch (self, values) {
        case (.number(let mean, let sd, let median), .numeric(let numbers)):
            return [
                rows.map { row in
                    let deviation = (numbers[row].isNaN ? median : numbers[row]) - mean
                    return deviation == 0 ? 0 : Self.limited(deviation / sd)
                }
            ]
        case (.indicators(let places, let missing, let shares, let weight), .categorical(let categorical)):
            return shares.indices.map { place in
                let root = shares[place].squareRoot()
                let absent = -root * weight
                let present = Self.limited((1 - shares[place]) / root) * weight
                return rows.map { row in
                    let code = categorical.codes[row]
                    return (code < 0 ? missing : places[Int(code)]) == place ? present : absent
                }
            }
        default: preconditionFailure("A column keeps its kind.")
        }
    }

    private static func limited(_ value: Double) -> Double { min(max(value, -limit), limit) }
}
