import LeewayStats

/// The scores of rows, one column of which is dealt out anew: a score is a sum, so only one term of it changes.
struct ColumnDeals: Sendable {
    /// What dealing out one column costs.
    struct Losses: Sendable {
        let rocAUC: PermutationImportance.Loss?
        let logLoss: PermutationImportance.Loss

        /// The loss that weights are made of.
        var size: Double { max((rocAUC ?? logLoss).mean, 0) }
    }

    /// The AUC, nil with one class, and the log loss of some scores.
    private struct Quality {
        let rocAUC: Double?
        let logLoss: Double
    }

    private let scores: [Double]
    private let labels: [Bool]
    private let repeats: Int
    private let seed: UInt64

    init(scores: [Double], labels: [Bool], repeats: Int, seed: UInt64) {
        (self.scores, self.labels, self.repeats, self.seed) = (scores, labels, repeats, seed)
    }

    /// The losses of each column, whose terms `contributions` gives.
    func losses(
        columns: Int, workers: Workers, _ contributions: @Sendable (Int) -> [Double]
    ) -> [Losses] {
        let baseline = quality(of: scores)
        return [Losses](unsafeUninitializedCapacity: columns) { losses, count in
            // Each column writes to a place of its own.
            nonisolated(unsafe) let places = losses
            workers.share(columns) { column in
                places.initializeElement(at: column, to: self.losses(of: column, contributions(column), baseline))
            }
            count = columns
        }
    }

    private func losses(of column: Int, _ terms: [Double], _ baseline: Quality) -> Losses {
        // Dealing out equal values changes nothing, and shall not by rounding either.
        guard terms.contains(where: { $0 != terms[0] }) else {
            let none = PermutationImportance.Loss(mean: 0, sd: 0)
            return Losses(rocAUC: baseline.rocAUC.map { _ in none }, logLoss: none)
        }
        let rest = zip(scores, terms).map { $0 - $1 }
        var (areas, logLosses) = ([Double](), [Double]())
        for repetition in 0..<repeats {
            var generator = SeededGenerator(seed: seed, stream: UInt64(column * repeats + repetition))
            var dealt = terms
            for last in stride(from: dealt.count - 1, to: 0, by: -1) {
                dealt.swapAt(last, generator.next(below: last + 1))
            }
            let quality = quality(of: zip(rest, dealt).map { $0 + $1 })
            if let before = baseline.rocAUC, let after = quality.rocAUC { areas.append(before - after) }
            logLosses.append(quality.logLoss - baseline.logLoss)
        }
        return Losses(rocAUC: areas.isEmpty ? nil : Self.loss(areas), logLoss: Self.loss(logLosses))
    }

    private static func loss(_ values: [Double]) -> PermutationImportance.Loss {
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return PermutationImportance.Loss(mean: mean, sd: variance.squareRoot())
    }

    /// In log-odds: their order is that of the probabilities, and ln(1 + e^-z) needs no clipping.
    private func quality(of scores: [Double]) -> Quality {
        var loss = 0.0
        for start in stride(from: 0, to: scores.count, by: Lanes.scalarCount) {
            var lanes = Lanes()
            let end = min(start + Lanes.scalarCount, scores.count)
            for row in start..<end { lanes[row - start] = labels[row] ? scores[row] : -scores[row] }
            let losses = Logistic(lanes).softening + Lanes().replacing(with: -lanes, where: lanes .< 0)
            for row in start..<end { loss += losses[row - start] }
        }
        return Quality(rocAUC: area(of: scores), logLoss: loss / Double(scores.count))
    }

    /// The chance that a positive row scores above a negative one, a tie counting half; nil with one class.
    private func area(of scores: [Double]) -> Double? {
        let positives = labels.count { $0 }
        let negatives = labels.count - positives
        guard positives > 0, negatives > 0 else { return nil }
        // Adding 0 turns -0 into 0. The lowest bit of a key tells the label: scores so near are tied by it.
        var keys = zip(scores, labels).map { ($0 + 0).orderedBits & ~1 | ($1 ? 1 : 0) }
        RadixSort.sort(&keys)
        var (twiceConcordant, negativesBelow, start) = (0, 0, 0)
        while start < keys.count {
            var (end, tiedPositives) = (start, 0)
            while end < keys.count, keys[end] | 1 == keys[start] | 1 {
                tiedPositives += Int(keys[end] & 1)
                end += 1
            }
            let tiedNegatives = end - start - tiedPositives
            twiceConcordant += tiedPositives * (2 * negativesBelow + tiedNegatives)
            negativesBelow += tiedNegatives
            start = end
        }
        return Double(twiceConcordant) / (2 * Double(positives) * Double(negatives))
    }
}
