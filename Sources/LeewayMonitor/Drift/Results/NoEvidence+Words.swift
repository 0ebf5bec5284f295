extension NoEvidence {
    /// The reason in words.
    package var words: String {
        switch self {
        case .emptyWindow: "the window has no rows"
        case .emptyReference: "the reference has no values"
        case .allMissing: "every value is missing"
        case .noColumn: "the window has no such column"
        case .wrongType: "the values are no numbers"
        case .tooFewRows: "too few rows"
        case .oneClass: "all labels are of one class"
        case .unseen: "the values were redacted"
        }
    }
}
