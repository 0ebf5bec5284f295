package import LeewayCore
package import LeewayStats

/// The distinct values of a column and how often each stands: all that a profile needs to know of it.
package struct ColumnCounts: Sendable {
    /// The values, by kind.
    package enum Values: Sendable {
        /// Sorted distinct numbers with their counts.
        case numbers(ValueCounts)
        /// Texts with their counts.
        case texts(TextCounts)
    }

    /// Distinct texts with their counts.
    package struct TextCounts: Sendable {
        /// How many distinct texts there are.
        package let distinctCount: Int
        /// Each text with its count, the most frequent first, ties by UTF-8 bytes; only the top ones where not `isComplete`.
        package let entries: [(text: String, count: Int)]
        /// Whether `entries` holds every text.
        package var isComplete: Bool { entries.count == distinctCount }

        /// Takes texts in any order.
        package init(_ entries: [(text: String, count: Int)], distinctCount: Int? = nil) {
            self.distinctCount = distinctCount ?? entries.count
            self.entries = entries.sorted {
                $0.count == $1.count ? $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) : $0.count > $1.count
            }
        }
    }

    /// The column's name.
    package let name: String
    /// The column's type.
    package let type: ColumnType
    /// How many values are missing.
    package let nullCount: Int
    /// The values that are there.
    package let values: Values

    /// Takes what a query counted.
    package init(name: String, type: ColumnType, nullCount: Int, values: Values) {
        self.name = name
        self.type = type
        self.nullCount = nullCount
        self.values = values
    }

    /// Counts the values of a column in memory.
    ///
    /// - Complexity: O(n) for numbers, O(n + k log k) for k categories.
    package init(_ column: Dataset.Column, type: ColumnType) {
        switch column.values {
        case .numeric(let numbers):
            let counts = ValueCounts(numbers)
            self.init(
                name: column.name, type: type, nullCount: numbers.count - counts.count, values: .numbers(counts))
        case .categorical(let texts):
            var counts = [Int](repeating: 0, count: texts.categories.count)
            for code in texts.codes where code >= 0 { counts[Int(code)] += 1 }
            let entries = zip(texts.categories, counts).filter { $0.1 > 0 }.map { (text: $0, count: $1) }
            self.init(
                name: column.name, type: type, nullCount: texts.codes.count - counts.reduce(0, +),
                values: .texts(TextCounts(entries)))
        }
    }

    /// How many distinct values there are, missing ones aside.
    package var distinctCount: Int {
        switch values {
        case .numbers(let counts): counts.values.count
        case .texts(let counts): counts.distinctCount
        }
    }
}
