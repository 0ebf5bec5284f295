/// Categories that came into a column, and that went out of it; the verdict is the test's of all categories, not theirs.
package struct CategoryChange: Sendable, Equatable {
    /// A category that went.
    package struct Vanished: Sendable, Equatable, Codable {
        package let category: String
        /// The reference's rows of it.
        package let rows: Int
        /// Its share of the reference.
        package let share: Double
        /// How likely it is to have no row where nothing moved, corrected over all categories of the reference.
        package let pValue: Double

        enum CodingKeys: String, CodingKey {
            case category
            case rows
            case share
            case pValue = "p_value"
        }
    }

    /// The window's rows in categories that the reference has not, and how likely so many are.
    package let new: NewCategories
    /// The categories whose absence chance does not explain, the most frequent first.
    package let vanished: [Vanished]

    /// Looks at both sides of a column; nil where nothing came or went.
    init?(_ names: [String], _ sides: BinnedSides, newRows: Int, level: Double) {
        new = NewCategories(rows: newRows, windowCount: sides.windowCount, reference: sides.reference)
        vanished = VanishedCategories(sides).categories
            .filter { $0.adjustedPValue < level && $0.bin < names.count }
            .map { Vanished(category: names[$0.bin], rows: $0.rows, share: $0.share, pValue: $0.adjustedPValue) }
            .sorted { $0.rows > $1.rows }
        if newRows == 0, vanished.isEmpty { return nil }
    }
}
