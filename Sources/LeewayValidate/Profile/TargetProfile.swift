import LeewayStats

/// The balance of the target's classes.
///
/// - Missing: does not count.
package struct TargetProfile: Sendable, Codable, Equatable {
    /// How many classes are listed at the most.
    static let listed = 20

    package let column: String
    /// The classes, the most frequent first.
    package let classes: [CategoryProfile.Entry]
    /// The count of the most frequent class over that of the least frequent; nil with fewer than two classes.
    package let imbalanceRatio: Double?
    /// In nats.
    package let entropy: Double

    enum CodingKeys: String, CodingKey {
        case column
        case classes
        case imbalanceRatio = "imbalance_ratio"
        case entropy
    }

    /// Describes the target; nil where it has too many values to count each.
    init?(_ column: ColumnCounts) {
        guard case .texts(let counts) = column.values, counts.isComplete else { return nil }
        let total = counts.entries.reduce(0) { $0 + $1.count }
        self.column = column.name
        classes = counts.entries.prefix(Self.listed).map {
            CategoryProfile.Entry(value: $0.text, count: $0.count, share: Double($0.count) / Double(max(1, total)))
        }
        if let most = counts.entries.first, let least = counts.entries.last, counts.entries.count > 1 {
            imbalanceRatio = Double(most.count) / Double(least.count)
        } else {
            imbalanceRatio = nil
        }
        entropy = LeewayStats.entropy(of: counts.entries.map(\.count))
    }
}
