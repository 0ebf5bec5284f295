package import LeewayLearn

/// What a check found of one column.
package struct ColumnDrift: Sendable, Equatable {
    /// What a column is for.
    package enum Role: String, Sendable, Codable {
        case feature
        /// The probability that the model gave.
        case score
        /// The label that the model gave.
        case prediction
        /// The true label.
        case target
    }

    package enum Kind: String, Sendable, Codable {
        case number
        case category
    }

    /// A result with what the correction made of it.
    package struct Finding: Sendable, Equatable {
        package let outcome: DriftOutcome
        /// The p-value after correction over the whole check; nil where there is none.
        package let adjustedPValue: Double?
        /// The mean shift in standard deviations that the distance beyond the noise amounts to; 0 without a result.
        package let shift: Double
        /// The same of the interval's ends.
        package let shiftInterval: ConfidenceInterval?
        package let isDrift: Bool
    }

    package let name: String
    package let role: Role
    package let kind: Kind
    /// The column's share of what the model's performance depends on; nil where nobody knows.
    package let importance: Double?
    package let sides: Sides
    /// What the test that decides found.
    package let values: Finding
    /// Whether the share of missing values moved; nil where neither side misses any.
    package let missing: Finding?
    /// What other tests found, without a say in the verdict.
    package let extras: [DriftResult]
    /// Both sides in a few bins, to be shown.
    package let shape: ColumnShape?
    /// Categories that came and went; nil where none did, and for numbers.
    package let categories: CategoryChange?

    /// How many rows there are on both sides.
    package struct Sides: Sendable, Equatable, Codable {
        /// Rows of the reference with a value.
        package let reference: Int
        /// Rows of the reference without one.
        package let referenceMissing: Int
        /// Rows of the window with a value.
        package let window: Int
        /// Rows of the window without one.
        package let windowMissing: Int

        package init(reference: Int, referenceMissing: Int, window: Int, windowMissing: Int) {
            (self.reference, self.referenceMissing) = (reference, referenceMissing)
            (self.window, self.windowMissing) = (window, windowMissing)
        }

        /// The share of rows without a value on each side; 0 without rows.
        package var missingShares: (reference: Double, window: Double) {
            (
                Double(referenceMissing) / Double(max(1, reference + referenceMissing)),
                Double(windowMissing) / Double(max(1, window + windowMissing))
            )
        }

        enum CodingKeys: String, CodingKey {
            case reference
            case referenceMissing = "reference_missing"
            case window
            case windowMissing = "window_missing"
        }
    }

    /// Whether its values or its missing values drifted.
    package var isDrift: Bool { values.isDrift || missing?.isDrift == true }

    /// Why nothing can be said of its values; nil where something can.
    package var noEvidence: NoEvidence? {
        if case .noEvidence(let reason) = values.outcome { reason } else { nil }
    }

    /// What there is to tell of the column: of its values, or of its missing ones where these moved further.
    package var foremost: Finding {
        missing.map { $0.isDrift && $0.shift > values.shift ? $0 : values } ?? values
    }

    /// The larger of both shifts.
    package var shift: Double { max(values.shift, missing?.shift ?? 0) }
}
