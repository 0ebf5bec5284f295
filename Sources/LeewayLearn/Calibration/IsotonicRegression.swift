/// Isotonic regression: the ascending step function nearest to the labels, by pooling adjacent violators.
///
/// Of all functions f that never fall, the one with the least Σ w (y − f(score))².
///
/// - Source: Best & Chakravarti, Mathematical Programming 47 (1990); the values are those of scikit-learn 1.9
///   `IsotonicRegression`.
package enum IsotonicRegression {
    /// Neighbouring scores that share one value.
    package struct Block: Sendable, Equatable {
        /// The block's lowest score.
        package let lower: Double
        /// The block's highest score.
        package let upper: Double
        /// The share of the weight that is positive.
        package let value: Double
        /// How much the block's rows weigh.
        package let weight: Double
        /// How many rows without weights tell as much.
        package let effectiveCount: Double
    }

    /// The blocks, ascending in score and in value; empty without rows.
    ///
    /// - Complexity: O(scores).
    package static func blocks(of rows: ScoredRows) -> [Block] {
        var pools: [Pool] = []
        pools.reserveCapacity(rows.scores.count)
        for place in rows.scores.indices {
            var pool = Pool(
                first: place, last: place, weight: rows.weights[place], positive: rows.positives[place],
                squared: rows.squaredWeights[place])
            // Equal values are pooled too, so that values rise strictly from block to block.
            while let previous = pools.last, previous.value >= pool.value {
                pool.absorb(previous)
                pools.removeLast()
            }
            pools.append(pool)
        }
        return pools.map { pool in
            Block(
                lower: rows.scores[pool.first], upper: rows.scores[pool.last], value: pool.value, weight: pool.weight,
                effectiveCount: pool.weight * pool.weight / pool.squared)
        }
    }

    private struct Pool {
        var first: Int
        let last: Int
        var weight: Double
        var positive: Double
        var squared: Double

        var value: Double { positive / weight }

        mutating func absorb(_ previous: Pool) {
            first = previous.first
            weight += previous.weight
            positive += previous.positive
            squared += previous.squared
        }
    }
}
