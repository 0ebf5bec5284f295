import LeewayStats

/// A column of texts in a few figures.
///
/// - Missing: does not count.
package struct CategoryProfile: Sendable, Codable, Equatable {
    /// A category, how often it stands, and its share of the values.
    package struct Entry: Sendable, Codable, Equatable {
        package let value: String
        package let count: Int
        package let share: Double
    }

    /// How many categories are listed at the most.
    static let listed = 20
    /// A category below this share is rare.
    static let rareShare = 0.01

    /// How many distinct values there are.
    package let cardinality: Int
    /// The most frequent categories, at most 20; ties by UTF-8 bytes.
    package let top: [Entry]
    /// The categories below 1 %, the most frequent first, at most 20; nil where there are too many categories to count each.
    package let rare: [Entry]?
    /// How many categories lie below 1 %; nil as above.
    package let rareCount: Int?
    /// In nats; nil as above.
    package let entropy: Double?

    enum CodingKeys: String, CodingKey {
        case cardinality
        case top
        case rare
        case rareCount = "rare_count"
        case entropy
    }

    init(_ counts: ColumnCounts.TextCounts, rowCount: Int) {
        let entries = counts.entries.map {
            Entry(value: $0.text, count: $0.count, share: Double($0.count) / Double(max(1, rowCount)))
        }
        let rare = entries.filter { $0.share < Self.rareShare }
        cardinality = counts.distinctCount
        top = Array(entries.prefix(Self.listed))
        self.rare = counts.isComplete ? Array(rare.prefix(Self.listed)) : nil
        rareCount = counts.isComplete ? rare.count : nil
        entropy = counts.isComplete ? LeewayStats.entropy(of: counts.entries.map(\.count)) : nil
    }
}
