public import LeewayCore
import LeewayStats

/// What drift is measured against: the distinct values of one training column with their counts.
///
/// Counts of a window in these bins are enough for the exact two-sample Kolmogorov-Smirnov statistic, and for
/// chi-square, PSI and Jensen-Shannon.
///
/// - Missing: counted apart.
public struct ReferenceCounts: Sendable, Equatable {
    /// The most distinct numbers that are kept; a column of more keeps quantiles.
    public static let numberLimit = 65_536

    /// The values, by kind.
    public enum Values: Sendable, Equatable {
        /// Ascending numbers, each with the count of the rows at it or, where `isExact` is false, above the one before it and up to it.
        case numbers(values: [Double], counts: [Int], isExact: Bool)
        /// Categories in the order of their UTF-8 bytes, with their counts.
        case categories(values: [String], counts: [Int])
    }

    /// The column's name.
    public let column: String
    /// How many values are missing.
    public let nullCount: Int
    /// The values that are there.
    public let values: Values

    /// The rows that were counted, those without a value included.
    public var rowCount: Int {
        switch values {
        case .numbers(_, let counts, _), .categories(_, let counts): counts.reduce(nullCount, +)
        }
    }

    /// Counts a training column.
    ///
    /// - Complexity: O(n log n) for numbers, O(n + k log k) for k categories.
    public init(_ column: Dataset.Column) {
        self.column = column.name
        switch column.values {
        case .numeric(let numbers):
            let counts = ValueCounts(numbers)
            nullCount = numbers.count - counts.count
            values = Self.limited(counts)
        case .categorical(let categorical):
            var counts = [Int](repeating: 0, count: categorical.categories.count)
            for code in categorical.codes where code >= 0 { counts[Int(code)] += 1 }
            nullCount = categorical.codes.count - counts.reduce(0, +)
            let seen = zip(categorical.categories, counts).filter { $0.1 > 0 }
                .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
            values = .categories(values: seen.map(\.0), counts: seen.map(\.1))
        }
    }

    /// Takes counts that were made here.
    init(counted column: String, nullCount: Int, values: Values) {
        (self.column, self.nullCount, self.values) = (column, nullCount, values)
    }

    /// Takes counts that were stored.
    ///
    /// - Throws: `damagedArtifact` where values do not ascend or are too many, a count is negative or beyond 2⁵³, or there
    ///   is not one count a value.
    public init(column: String, nullCount: Int, values: Values) throws(LeewayError) {
        func check(_ isFine: Bool, _ what: String) throws(LeewayError) {
            guard isFine else {
                throw LeewayError(.damagedArtifact, "The reference counts of column '\(column)' can't be: \(what).")
            }
        }
        let counts: [Int]
        switch values {
        case .numbers(let numbers, let numberCounts, isExact: _):
            counts = numberCounts
            try check(numbers.count == counts.count, "there are \(numbers.count) values but \(counts.count) counts")
            try check(numbers.count <= Self.numberLimit, "there are \(numbers.count) values")
            let isAscending = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
            try check(isAscending && numbers.first?.isNaN != true, "the values do not ascend")
        case .categories(let categories, let categoryCounts):
            counts = categoryCounts
            try check(
                categories.count == counts.count, "there are \(categories.count) values but \(counts.count) counts")
            let isAscending = zip(categories, categories.dropFirst()).allSatisfy {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }
            try check(isAscending, "the values do not ascend")
        }
        var total = 0
        for count in counts + [nullCount] {
            try check(count >= 0, "a count is negative")
            try check(count <= 1 << 53 - total, "there are too many rows")
            total += count
        }
        (self.column, self.nullCount, self.values) = (column, nullCount, values)
    }

    /// All values where there are few enough, else the values at evenly spaced ranks, which count the rows up to them.
    private static func limited(_ all: ValueCounts) -> Values {
        guard all.values.count > numberLimit else {
            return .numbers(values: all.values, counts: all.counts, isExact: true)
        }
        var (values, counts) = ([Double](), [Int]())
        var (seen, taken) = (0, 0)
        for (place, (value, count)) in zip(all.values, all.counts).enumerated() {
            seen += count
            // The next of the evenly spaced ranks, rounded up.
            let rank = (all.count * (values.count + 1) + numberLimit - 1) / numberLimit
            guard seen >= rank || place == all.values.count - 1 else { continue }
            values.append(value)
            counts.append(seen - taken)
            taken = seen
        }
        return .numbers(values: values, counts: counts, isExact: false)
    }
}
