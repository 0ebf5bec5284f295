/// What a report says of one categorical column.
///
/// - Missing: not counted here.
package struct CategorySummary: Sendable, Equatable, Codable {
    /// Rows with a category.
    package let count: Int
    /// Different categories.
    package let cardinality: Int
    /// In nats.
    package let entropy: Double
    /// The commonest categories, commonest first; ties by the smaller value, so the first is the mode.
    package let top: [CategoryCount]
    /// Rare categories in all.
    package let rareCardinality: Int
    /// Rows with a rare category.
    package let rareCount: Int
    /// The rarest categories, rarest first.
    package let rare: [CategoryCount]

    private enum CodingKeys: String, CodingKey {
        case count
        case cardinality
        case entropy
        case top
        case rareCardinality = "rare_cardinality"
        case rareCount = "rare_count"
        case rare
    }

    /// Summarises counted categories, each of which stands once; those with a count of 0 are left out.
    ///
    /// - Parameters:
    ///   - counts: the categories, in any order.
    ///   - limit: how many of the commonest and of the rarest are listed.
    ///   - rareShare: a category is rare when its share of the rows is strictly below this.
    package init(_ counts: [CategoryCount], limit: Int = 20, rareShare: Double = 0.01) {
        let sorted = counts.filter { $0.count > 0 }.sorted(by: CategoryCount.isCommoner)
        let count = sorted.reduce(0) { $0 + $1.count }
        let rare = sorted.filter { Double($0.count) / Double(count) < rareShare }
        (self.count, self.cardinality) = (count, sorted.count)
        self.entropy = LeewayStats.entropy(of: sorted.map(\.count))
        self.top = Array(sorted.prefix(limit))
        (self.rareCardinality, self.rareCount) = (rare.count, rare.reduce(0) { $0 + $1.count })
        self.rare = Array(rare.reversed().prefix(limit))
    }
}
