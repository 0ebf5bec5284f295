/// Rows of a binary problem by their true class and by the class that was predicted.
///
/// - Zero divisions: a ratio of nothing is 0 (scikit-learn's `zero_division=0`), unless its line says otherwise.
/// - Units: rows; every ratio lies in 0…1, `matthewsCorrelation` in −1…1.
public struct ConfusionMatrix: Sendable, Equatable, Codable {
    /// Negative rows predicted negative.
    public let trueNegatives: Int
    /// Negative rows predicted positive.
    public let falsePositives: Int
    /// Positive rows predicted negative.
    public let falseNegatives: Int
    /// Positive rows predicted positive.
    public let truePositives: Int

    private enum CodingKeys: String, CodingKey {
        case trueNegatives = "tn"
        case falsePositives = "fp"
        case falseNegatives = "fn"
        case truePositives = "tp"
    }

    /// Takes the four counts in the order of scikit-learn's `confusion_matrix(…).ravel()`.
    public init(trueNegatives: Int, falsePositives: Int, falseNegatives: Int, truePositives: Int) {
        self.trueNegatives = trueNegatives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
        self.truePositives = truePositives
    }
}

extension ConfusionMatrix {
    /// All rows.
    public var count: Int { negatives + positives }

    /// Rows whose true class is negative.
    public var negatives: Int { trueNegatives + falsePositives }

    /// Rows whose true class is positive.
    public var positives: Int { falseNegatives + truePositives }

    /// The share of rows predicted right: (tp + tn) / n.
    public var accuracy: Double { Self.ratio(truePositives + trueNegatives, count) }

    /// The share of predicted positives that are positive: tp / (tp + fp).
    public var precision: Double { Self.ratio(truePositives, truePositives + falsePositives) }

    /// The share of positives that were found: tp / (tp + fn).
    public var recall: Double { Self.ratio(truePositives, positives) }

    /// The share of negatives that were left alone: tn / (tn + fp).
    public var specificity: Double { Self.ratio(trueNegatives, negatives) }

    /// The harmonic mean of precision and recall: 2 tp / (2 tp + fp + fn).
    public var f1: Double { Self.ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives) }

    /// The mean recall of the two classes: (recall + specificity) / 2.
    ///
    /// - One class: its recall alone, as in scikit-learn 1.9 `balanced_accuracy_score`.
    public var balancedAccuracy: Double {
        guard positives > 0 else { return specificity }
        guard negatives > 0 else { return recall }
        return (recall + specificity) / 2
    }

    /// The correlation of true and predicted class: (tp · tn − fp · fn) / √((tp + fp)(tp + fn)(tn + fp)(tn + fn)).
    ///
    /// - One class, true or predicted: 0.
    /// - Source: Matthews (1975); scikit-learn 1.9 `matthews_corrcoef`.
    public var matthewsCorrelation: Double {
        let predicted = Double(truePositives + falsePositives) * Double(trueNegatives + falseNegatives)
        let actual = Double(positives) * Double(negatives)
        guard predicted > 0, actual > 0 else { return 0 }
        let agreement = Double(truePositives) * Double(trueNegatives)
        let disagreement = Double(falsePositives) * Double(falseNegatives)
        return (agreement - disagreement) / (predicted.squareRoot() * actual.squareRoot())
    }

    private static func ratio(_ part: Int, _ whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }
}
