/// Rows that are more, or less, frequent in the window than in the reference, in the words of a few conditions.
///
/// All figures are of rows that had no part in finding the conditions.
package struct DriftSegment: Sendable, Equatable, Codable {
    /// What a row fulfils, all of it; one condition a column.
    package let conditions: [SegmentCondition]
    /// Its shares of both sides, and their ratio with an interval.
    package let frequency: ShareRatio
    /// How likely shares so far apart are where they are equal: Fisher's exact test, two-sided, of the rows in no segment before.
    package let pValue: Double
    /// How much of the difference of window and reference lies between the segment and all other rows, 0 … 1.
    ///
    /// That is its share in the Jeffreys divergence of the tree's leaves; those of several segments may overlap.
    package let explained: Double

    private enum CodingKeys: String, CodingKey {
        case conditions
        case frequency
        case pValue = "p_value"
        case explained
    }

    package init(conditions: [SegmentCondition], frequency: ShareRatio, pValue: Double, explained: Double) {
        (self.conditions, self.frequency, self.pValue) = (conditions, frequency, pValue)
        self.explained = explained
    }
}

extension DriftSegment: CustomStringConvertible {
    /// The segment in words: `age > 55 and sex = Female: 3.1 times more frequent`.
    package var description: String {
        conditions.map(\.description).joined(separator: " and ") + ": " + frequency.description
    }
}

extension ShareRatio: CustomStringConvertible {
    /// The ratio in words: `3.1 times more frequent`, `2.5 times rarer`, `only in the window`.
    package var description: String {
        guard let ratio else { return "only in the window" }
        if ratio == 0 { return "only in the reference" }
        return ratio >= 1
            ? "\(ShortNumber.rounded(ratio)) times more frequent" : "\(ShortNumber.rounded(1 / ratio)) times rarer"
    }
}
