/// From a model's score to the probability that the row is positive: monotone, small, and with its own uncertainty.
///
/// The uncertainty is that of an isotonic regression of the same rows, whatever the map: what the rows can't tell about
/// the probabilities, no formula knows.
package struct Calibrator: Sendable, Equatable {
    /// The kinds of map.
    package enum Method: String, Sendable, Codable, CaseIterable {
        /// The score is the probability.
        case identity
        /// A sigmoid of the log-odds: two parameters.
        case platt
        /// Its successor with two slopes: three parameters.
        case beta
        /// Isotonic regression: as many blocks as the rows support.
        case isotonic
    }

    /// Which kind of map this is.
    package let method: Method
    /// The parameters of Platt's map or of beta calibration.
    private let sigmoid: SigmoidCalibration?
    /// The map of isotonic regression; of every other one, its uncertainty.
    private let blocks: IsotonicCalibration

    /// Learns a map of a kind.
    ///
    /// - Returns: nil where there are no rows, or the rows give no rising map of this kind.
    package init?(_ method: Method, _ rows: ScoredRows) {
        guard let blocks = IsotonicCalibration(rows) else { return nil }
        var sigmoid: SigmoidCalibration?
        if method == .platt || method == .beta {
            sigmoid = SigmoidCalibration.fit(rows, method == .platt ? .platt : .beta)
            guard sigmoid != nil else { return nil }
        }
        (self.method, self.sigmoid, self.blocks) = (method, sigmoid, blocks)
    }

    /// The probability that a row of this score is positive: 0 … 1, never falling as the score rises.
    package func probability(of score: Double) -> Double {
        method == .identity ? score : sigmoid?.probability(of: score) ?? blocks.probability(of: score)
    }

    /// The variance of Σ gᵢ · p(scoreᵢ) that comes of having learned p from finitely many rows.
    ///
    /// - Complexity: O(scores · log blocks).
    package func variance(ofSum weights: [Double], at scores: [Double]) -> Double {
        precondition(weights.count == scores.count, "Each score has a weight.")
        var sums = [Double](repeating: 0, count: blocks.blocks.count)
        for (weight, score) in zip(weights, scores) {
            let (low, high, share) = blocks.neighbours(of: score)
            sums[low] += weight * (1 - share)
            sums[high] += weight * share
        }
        return zip(sums, blocks.blocks).reduce(0) { $0 + $1.0 * $1.0 * $1.1.variance }
    }
}

extension Calibrator: Codable {
    private enum CodingKeys: String, CodingKey {
        case method
        case sigmoid
        case blocks = "isotonic"
    }
}
