/// A calibration without a formula: each block of an isotonic regression has one probability, with a straight line from
/// block to block.
///
/// - Edge cases: below the first block and above the last their own probabilities. A first block without a positive
///   row of n gets 1 / (n + 2), but no more than the next; a last block without a negative one likewise: no finite number
///   of rows makes a probability 0 or 1.
/// - Source: Zadrozny & Elkan, KDD 2002; between blocks as scikit-learn 1.9 `IsotonicRegression.predict`.
package struct IsotonicCalibration: Sendable, Equatable, Codable {
    /// Scores that share one probability.
    package struct Block: Sendable, Equatable, Codable {
        /// The lowest of them.
        package let lower: Double
        /// The highest of them.
        package let upper: Double
        /// The probability.
        package let probability: Double
        /// How many rows it was learned from, in rows of equal weight.
        package let rows: Double

        /// The variance of the probability.
        var variance: Double { probability * (1 - probability) / rows }
    }

    /// Ascending in score and in probability; at least one.
    package let blocks: [Block]

    /// Learns the blocks; nil without rows.
    ///
    /// - Complexity: O(scores).
    package init?(_ rows: ScoredRows) {
        let fitted = IsotonicRegression.blocks(of: rows)
        guard !fitted.isEmpty else { return nil }
        blocks = fitted.enumerated().map { place, block in
            var probability = block.value
            let ofCertainty = 1 / (block.effectiveCount + 2)
            if block.value == 0 {
                probability = min(ofCertainty, place + 1 < fitted.count ? fitted[place + 1].value : 0.5)
            } else if block.value == 1 {
                probability = max(1 - ofCertainty, place > 0 ? fitted[place - 1].value : 0.5)
            }
            return Block(
                lower: block.lower, upper: block.upper, probability: probability, rows: block.effectiveCount)
        }
    }

    /// The calibrated probability, which never falls as the score rises.
    ///
    /// - Complexity: O(log blocks).
    package func probability(of score: Double) -> Double {
        let (low, high, share) = neighbours(of: score)
        let (below, above) = (blocks[low].probability, blocks[high].probability)
        return below + share * (above - below)
    }

    /// The two blocks that a score lies between and how near to the second it is, 0 … 1; within a block, the block and 0.
    func neighbours(of score: Double) -> (low: Int, high: Int, share: Double) {
        let next = blocks.partitionPoint { $0.upper >= score }
        guard next < blocks.count else { return (blocks.count - 1, blocks.count - 1, 0) }
        guard next > 0, score < blocks[next].lower else { return (next, next, 0) }
        let (start, end) = (blocks[next - 1].upper, blocks[next].lower)
        return (next - 1, next, (score - start) / (end - start))
    }
}

extension IsotonicCalibration {
    private enum CodingKeys: String, CodingKey {
        case blocks
    }

    /// Reads what `encode` writes.
    ///
    /// - Throws: `DecodingError` where there is no block, or they do not ascend.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        blocks = try container.decode([Block].self, forKey: .blocks)
        let isAscending = zip(blocks, blocks.dropFirst()).allSatisfy {
            $0.upper < $1.lower && $0.probability <= $1.probability
        }
        guard !blocks.isEmpty, isAscending, blocks.allSatisfy({ $0.lower <= $0.upper && $0.rows > 0 }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .blocks, in: container, debugDescription: "The blocks do not ascend.")
        }
    }
}
