/// The curves that a report draws of a binary classifier.
///
/// - Shape: at most 200 points a curve, the first and the last always among them. A point is kept when true and false
///   positive rate together moved by about a hundredth, so that the points lie evenly along the ROC curve.
/// - Thresholds: descending. The first point, of which nothing is predicted positive, has none (JSON null).
public struct BinaryCurves: Sendable, Equatable, Codable {
    /// From (0, 0) to (1, 1); empty with one class.
    ///
    /// - Source: scikit-learn 1.9 `roc_curve(drop_intermediate=False)`, whose first threshold is ∞.
    public let roc: [ROCPoint]
    /// From recall 0 and precision 1 (a convention) to recall 1; empty without positives.
    ///
    /// - Source: scikit-learn 1.9 `precision_recall_curve`, in reverse order.
    public let precisionRecall: [PrecisionRecallPoint]
    /// One for each of ten bins of equal width that has rows, ascending.
    ///
    /// - Source: scikit-learn 1.9 `calibration_curve(n_bins=10)`: a bin is (left, right], the first [0, 0.1].
    public let calibration: [CalibrationPoint]

    private enum CodingKeys: String, CodingKey {
        case roc
        case precisionRecall = "precision_recall"
        case calibration
    }
}
