/// Every number that judges the probabilities of a binary classifier on one set of rows.
///
/// - Units: shares lie in 0…1, `matthewsCorrelation` in −1…1, `logLoss` in nats.
/// - Zero divisions: 0, as scikit-learn's `zero_division=0`; `rocAUC` of one class is nil.
/// - Source: scikit-learn 1.9, where a line says nothing else.
public struct BinaryMetrics: Sendable, Equatable, Codable {
    /// Rows that were judged.
    public let rowCount: Int
    /// A row is predicted positive when its probability is at least this.
    ///
    /// scikit-learn's `predict` asks for more than one half; the two differ on a probability of exactly .5 alone.
    public let threshold: Double
    /// Rows by true and predicted class.
    public let confusionMatrix: ConfusionMatrix
    /// The share of rows predicted right.
    public let accuracy: Double
    /// The mean recall of the two classes; that of the only one, if there is one.
    public let balancedAccuracy: Double
    /// The share of predicted positives that are positive; 0 if none is predicted.
    public let precision: Double
    /// The share of positives that were found; 0 if there are none.
    public let recall: Double
    /// The harmonic mean of precision and recall; 0 if both are.
    public let f1: Double
    /// The correlation of true and predicted class; 0 if either is constant.
    public let matthewsCorrelation: Double
    /// The chance that a positive row scores above a negative one, a tie counting half; nil (JSON null) with one class.
    public let rocAUC: Double?
    /// Σ (Rₙ − Rₙ₋₁) · Pₙ over the distinct probabilities, from the highest down; 0 without positives.
    public let averagePrecision: Double
    /// The mean of −ln(probability of the true class), each probability clipped to 1e-15 … 1 − 1e-15.
    ///
    /// scikit-learn 1.9 clips at 2.2e-16: the two differ on rows that are wrong with certainty.
    public let logLoss: Double
    /// The mean of (probability − label)².
    public let brierScore: Double
    /// Σ (n_b / n) · |mean probability − positive share| over ten bins of equal width, each (left, right], the first
    /// [0, 0.1].
    ///
    /// - Source: Guo et al., arXiv:1706.04599; the bins are those of scikit-learn's `calibration_curve(n_bins=10)`.
    public let expectedCalibrationError: Double
    /// The share of rows that are positive.
    public let positiveShare: Double
    /// The mean of the probabilities.
    public let meanProbability: Double

    private enum CodingKeys: String, CodingKey {
        case rowCount = "rows"
        case threshold
        case confusionMatrix = "confusion_matrix"
        case accuracy
        case balancedAccuracy = "balanced_accuracy"
        case precision
        case recall
        case f1
        case matthewsCorrelation = "matthews_correlation"
        case rocAUC = "roc_auc"
        case averagePrecision = "average_precision"
        case logLoss = "log_loss"
        case brierScore = "brier_score"
        case expectedCalibrationError = "expected_calibration_error"
        case positiveShare = "positive_share"
        case meanProbability = "mean_probability"
    }

    /// Turns the sums of one pass over the rows into metrics.
    init(_ tally: BinaryTally, threshold: Double) {
        let matrix = tally.confusionMatrix
        let rows = Double(matrix.count)
        let pairs = Double(matrix.positives) * Double(matrix.negatives)
        self.rowCount = matrix.count
        self.threshold = threshold
        self.confusionMatrix = matrix
        self.accuracy = matrix.accuracy
        self.balancedAccuracy = matrix.balancedAccuracy
        self.precision = matrix.precision
        self.recall = matrix.recall
        self.f1 = matrix.f1
        self.matthewsCorrelation = matrix.matthewsCorrelation
        self.rocAUC = pairs == 0 ? nil : 1 - Double(tally.twiceDiscordant) / (2 * pairs)
        self.averagePrecision = matrix.positives == 0 ? 0 : tally.precisionSum / Double(matrix.positives)
        self.logLoss = tally.lossSum / rows
        self.brierScore = tally.squaredErrorSum / rows
        self.expectedCalibrationError = tally.calibrationGap / rows
        self.positiveShare = Double(matrix.positives) / rows
        self.meanProbability = tally.probabilitySum / rows
    }

    /// Writes `roc_auc: null` where there is none, so that every document has the same keys.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rowCount, forKey: .rowCount)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(confusionMatrix, forKey: .confusionMatrix)
        try container.encode(accuracy, forKey: .accuracy)
        try container.encode(balancedAccuracy, forKey: .balancedAccuracy)
        try container.encode(precision, forKey: .precision)
        try container.encode(recall, forKey: .recall)
        try container.encode(f1, forKey: .f1)
        try container.encode(matthewsCorrelation, forKey: .matthewsCorrelation)
        try container.encode(rocAUC, forKey: .rocAUC)
        try container.encode(averagePrecision, forKey: .averagePrecision)
        try container.encode(logLoss, forKey: .logLoss)
        try container.encode(brierScore, forKey: .brierScore)
        try container.encode(expectedCalibrationError, forKey: .expectedCalibrationError)
        try container.encode(positiveShare, forKey: .positiveShare)
        try container.encode(meanProbability, forKey: .meanProbability)
    }
}

extension BinaryMetrics {
    /// The number that `metric` names; nil for `rocAUC` with one class.
    public subscript(_ metric: BinaryMetric) -> Double? {
        switch metric {
        case .accuracy: accuracy
        case .balancedAccuracy: balancedAccuracy
        case .precision: precision
        case .recall: recall
        case .f1: f1
        case .matthewsCorrelation: matthewsCorrelation
        case .rocAUC: rocAUC
        case .averagePrecision: averagePrecision
        case .logLoss: logLoss
        case .brierScore: brierScore
        case .expectedCalibrationError: expectedCalibrationError
        case .positiveShare: positiveShare
        case .meanProbability: meanProbability
        }
    }
}
