package import LeewayCore
import LeewayStats

/// Labelled rows by score: for each distinct score, ascending, how many rows have it and how many of them are positive.
///
/// A row counts as much as its weight. Nothing here depends on the order of the rows.
package struct ScoredRows: Sendable, Equatable {
    /// Distinct and ascending, 0 … 1.
    package let scores: [Double]
    /// The weights of the rows of each score, above 0; without weights, how many rows there are.
    package let weights: [Double]
    /// The weights of the positive ones among them.
    package let positives: [Double]
    /// The squared weights of the rows of each score: what the variance of a weighted sum needs.
    package let squaredWeights: [Double]

    /// Gathers rows by score; without weights, each row counts once.
    ///
    /// - Parameters:
    ///   - labels: true for rows of the positive class.
    ///   - scores: one a row, 0 … 1.
    ///   - weights: one a row, finite and at least 0; a row of weight 0 is left out.
    /// - Throws: `malformedDataset` where lengths differ, `invalidSetting` for a score or weight out of range.
    /// - Complexity: O(n), O(n log n) below 2,000 rows.
    package init(labels: [Bool], scores: [Double], weights: [Double]? = nil) throws(LeewayError) {
        guard labels.count == scores.count, labels.count == weights?.count ?? labels.count else {
            throw LeewayError(.malformedDataset, "Each row needs one label, one score and one weight.")
        }
        guard scores.allSatisfy((0...1).contains) else {
            throw LeewayError(.invalidSetting, "A score is missing or not between 0 and 1.")
        }
        guard weights?.allSatisfy({ $0 >= 0 && $0.isFinite }) ?? true else {
            throw LeewayError(.invalidSetting, "A weight is missing, negative or infinite.")
        }
        var builder = Builder()
        if let weights {
            for row in scores.indices.sorted(by: { (scores[$0], $0) < (scores[$1], $1) }) {
                builder.add(score: scores[row] + 0, weight: weights[row], isPositive: labels[row])
            }
        } else {
            // One key a row: the top two bits of a score are free. Adding 0 turns -0 into 0.
            var keys = zip(labels, scores).map { ($1 + 0).bitPattern << 1 | ($0 ? 1 : 0) }
            RadixSort.sort(&keys)
            for key in keys { builder.add(score: Double(bitPattern: key >> 1), weight: 1, isPositive: key & 1 == 1) }
        }
        self.init(builder)
    }

    /// Takes counts: for each score, ascending, its rows and the positive ones among them.
    package init(scores: [Double], rows: [Int], positives: [Int]) {
        precondition(scores.count == rows.count && rows.count == positives.count, "Each score has two counts.")
        var builder = Builder()
        for place in scores.indices where rows[place] > 0 {
            precondition((0...rows[place]).contains(positives[place]), "No more positives than rows.")
            builder.add(
                score: scores[place], weight: Double(rows[place]), positive: Double(positives[place]),
                squared: Double(rows[place]))
        }
        self.init(builder)
    }

    private init(_ builder: Builder) {
        (scores, weights) = (builder.scores, builder.weights)
        (positives, squaredWeights) = (builder.positives, builder.squaredWeights)
    }

    private struct Builder {
        var (scores, weights) = ([Double](), [Double]())
        var (positives, squaredWeights) = ([Double](), [Double]())

        mutating func add(score: Double, weight: Double, isPositive: Bool) {
            add(score: score, weight: weight, positive: isPositive ? weight : 0, squared: weight * weight)
        }

        mutating func add(score: Double, weight: Double, positive: Double, squared: Double) {
            guard weight > 0 else { return }
            if score == scores.last {
                let last = scores.count - 1
                weights[last] += weight
                positives[last] += positive
                squaredWeights[last] += squared
            } else {
                precondition(score >= scores.last ?? score, "Scores ascend.")
                scores.append(score)
                weights.append(weight)
                positives.append(positive)
                squaredWeights.append(squared)
            }
        }
    }
}

extension ScoredRows {
    /// The weights of all rows.
    package var weight: Double { weights.reduce(0, +) }
    /// The weights of all positive rows.
    package var positiveWeight: Double { positives.reduce(0, +) }
    /// How many rows without weights tell as much: (Σ w)² / Σ w²; 0 without rows.
    package var effectiveCount: Double {
        let squared = squaredWeights.reduce(0, +)
        return squared > 0 ? weight * weight / squared : 0
    }
}
