/// The name of one number that judges a binary classifier, as it stands in JSON and in configurations.
public enum BinaryMetric: String, CaseIterable, Sendable, Codable, CodingKey {
    /// The share of rows predicted right.
    case accuracy
    /// The mean recall of the two classes.
    case balancedAccuracy = "balanced_accuracy"
    /// The share of predicted positives that are positive.
    case precision
    /// The share of positives that were found.
    case recall
    /// The harmonic mean of precision and recall.
    case f1
    /// The correlation of true and predicted class.
    case matthewsCorrelation = "matthews_correlation"
    /// The area under the ROC curve.
    case rocAUC = "roc_auc"
    /// The area under the steps of the precision-recall curve.
    case averagePrecision = "average_precision"
    /// The mean surprise in nats.
    case logLoss = "log_loss"
    /// The mean squared error of the probabilities.
    case brierScore = "brier_score"
    /// The mean gap between probability and observed share.
    case expectedCalibrationError = "expected_calibration_error"
    /// The share of rows that are positive: a property of the rows, not of the model.
    case positiveShare = "positive_share"
    /// The mean of the probabilities: equal to the positive share when the model is calibrated in the large.
    case meanProbability = "mean_probability"

    /// True for losses; false where higher is better, and for the two that are neither good nor bad.
    public var isLowerBetter: Bool {
        switch self {
        case .logLoss, .brierScore, .expectedCalibrationError: true
        default: false
        }
    }
}
