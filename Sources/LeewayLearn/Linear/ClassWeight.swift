/// How much a row counts by its class.
public enum ClassWeight: String, Sendable, Codable, Equatable {
    /// Every row counts 1.
    case none
    /// A row counts n / (k · n_c) for n rows, k = 2 classes and n_c rows of its class, so that classes weigh the same.
    ///
    /// - Source: scikit-learn 1.9 `class_weight="balanced"`.
    case balanced

    /// What a row of each class counts, for the given numbers of rows.
    func weights(positives: Int, negatives: Int) -> (positive: Double, negative: Double) {
        switch self {
        case .none: return (1, 1)
        case .balanced:
            let half = Double(positives + negatives) / 2
            return (half / Double(positives), half / Double(negatives))
        }
    }
}
