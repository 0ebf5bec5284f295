public import LeewayCore

/// The classifier that knows nothing but how common the classes are: what every model has to beat.
///
/// - Missing: labels have none.
/// - One class: its share is 1 (or 0), and it is always predicted.
/// - Source: scikit-learn 1.9 `DummyClassifier(strategy="prior")`.
public struct DummyClassifier: Sendable, Equatable, Codable {
    /// The share of the positive class among the training rows: the probability of every row.
    public let positiveShare: Double

    private enum CodingKeys: String, CodingKey {
        case positiveShare = "positive_share"
    }

    /// Learns the share from training labels.
    ///
    /// - Throws: `noUsableValues` without rows.
    public init(labels: [Bool]) throws(LeewayError) {
        guard !labels.isEmpty else { throw LeewayError(.noUsableValues, "There are no labels to learn from.") }
        positiveShare = Double(labels.count { $0 }) / Double(labels.count)
    }

    /// The class that every row gets: the more common one, the negative one if they are equally common.
    public var predictsPositive: Bool { positiveShare > 0.5 }

    /// The same probability for each of `count` rows.
    public func probabilities(count: Int) -> [Double] { Array(repeating: positiveShare, count: count) }

    /// The metrics of these predictions on other rows.
    ///
    /// The threshold is .5, or just above it where the classes are equally common: a tie is negative here.
    ///
    /// - Throws: `noUsableValues` without rows.
    public func evaluate(labels: [Bool]) throws(LeewayError) -> BinaryMetrics {
        let threshold = positiveShare == 0.5 ? 0.5.nextUp : 0.5
        let ranking = try RankedScores(
            labels: labels, probabilities: probabilities(count: labels.count), threshold: threshold)
        var buffers = TallyBuffers(for: ranking)
        return BinaryMetrics(ranking.tally(&buffers), threshold: threshold)
    }
}
