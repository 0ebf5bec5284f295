/// How much a row counts by its class.
public enum ClassWeight: String, Sendable, Codable, Equatable {
    /// Every row counts 1.
    case none
    /// A row counts n / (k · n_c) for n rows, k = 2 classes and n_c rows of its class, so that classes weigh the same.
    ///
    /// Where rows have weights, these are what n and n_c count.
    ///
    /// - Source: scikit-learn 1.9 `class_weight="balanced"`.
    case balanced

    /// What a row of each class counts, for the given numbers of rows, or sums of their weights.
    func weights(positives: Double, negatives: Double) -> (positive: Double, negative: Double) {
        switch self {
        case .none: return (1, 1)
        case .balanced:
            let half = (positives + negatives) / 2
            return (half / positives, half / negatives)
        }
    }
}
