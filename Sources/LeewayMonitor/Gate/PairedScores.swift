package import LeewayCore

/// What two models say of the same rows, whose labels are known.
package struct PairedScores: Sendable, Equatable {
    /// Whether a row is positive.
    package let labels: [Bool]
    /// The champion's probability of it, 0 … 1.
    package let champion: [Double]
    /// The challenger's.
    package let challenger: [Double]

    /// - Throws: `malformedDataset` where lengths differ, `invalidSetting` for a score not in 0 … 1.
    package init(labels: [Bool], champion: [Double], challenger: [Double]) throws(LeewayError) {
        guard champion.count == labels.count, challenger.count == labels.count else {
            throw LeewayError(.malformedDataset, "Each row needs one label and a score of both models.")
        }
        guard champion.allSatisfy((0...1).contains), challenger.allSatisfy((0...1).contains) else {
            throw LeewayError(.invalidSetting, "A score is missing or not between 0 and 1.")
        }
        (self.labels, self.champion, self.challenger) = (labels, champion, challenger)
    }

    /// How many rows there are.
    package var count: Int { labels.count }

    /// The rows at the given places.
    package func rows(_ places: [Int]) -> PairedScores {
        PairedScores(
            places.map { labels[$0] }, places.map { champion[$0] }, places.map { challenger[$0] })
    }

    private init(_ labels: [Bool], _ champion: [Double], _ challenger: [Double]) {
        (self.labels, self.champion, self.challenger) = (labels, champion, challenger)
    }
}
