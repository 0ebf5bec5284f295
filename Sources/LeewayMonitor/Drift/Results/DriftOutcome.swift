/// What came of a test: a result, or no evidence, which is not the same as no drift.
package enum DriftOutcome: Sendable, Equatable {
    case tested(DriftResult)
    case noEvidence(NoEvidence)

    /// The result, where there is one.
    package var result: DriftResult? {
        if case .tested(let result) = self { result } else { nil }
    }
}

/// Why nothing can be said of a column.
package enum NoEvidence: String, Sendable, Codable {
    /// The window has no rows.
    case emptyWindow = "empty_window"
    /// The reference has no rows, or none with a value.
    case emptyReference = "empty_reference"
    /// The column is missing from every row of the window.
    case allMissing = "all_missing"
    /// The window has no such column.
    case noColumn = "no_column"
    /// The window's column holds values of another kind.
    case wrongType = "wrong_type"
    /// There are too few rows for this test.
    case tooFewRows = "too_few_rows"
    /// All labels are of one class.
    case oneClass = "one_class"
    /// The values were not kept: they were redacted.
    case unseen
}
