extension BinaryCurves {
    /// The most points a curve has.
    static let pointLimit = 200

    init(_ ranking: RankedScores) {
        let steps = Self.thinned(Self.steps(of: ranking))
        let (positives, negatives) = (steps[steps.count - 1].positives, steps[steps.count - 1].negatives)
        self.roc =
            positives == 0 || negatives == 0
            ? []
            : steps.map { step in
                ROCPoint(
                    threshold: step.threshold, falsePositiveRate: Double(step.negatives) / Double(negatives),
                    truePositiveRate: Double(step.positives) / Double(positives))
            }
        self.precisionRecall =
            positives == 0
            ? []
            : steps.map { step in
                let predicted = step.positives + step.negatives
                return PrecisionRecallPoint(
                    threshold: step.threshold, recall: Double(step.positives) / Double(positives),
                    precision: predicted == 0 ? 1 : Double(step.positives) / Double(predicted))
            }
        self.calibration = Self.calibration(of: ranking)
    }

    /// The rows that a threshold calls positive.
    private struct Step {
        var threshold: Double?
        var positives = 0
        var negatives = 0
    }

    /// No row first, then one step for each distinct probability.
    private static func steps(of ranking: RankedScores) -> [Step] {
        var steps = [Step()]
        var step = Step()
        for (rank, probability) in ranking.probabilities.enumerated() {
            if ranking.labels[rank] { step.positives += 1 } else { step.negatives += 1 }
            guard rank + 1 == ranking.labels.count || ranking.probabilities[rank + 1] != probability else { continue }
            step.threshold = probability
            steps.append(step)
        }
        return steps
    }

    private static func thinned(_ steps: [Step]) -> [Step] {
        guard steps.count > pointLimit else { return steps }
        let (positives, negatives) = (steps[steps.count - 1].positives, steps[steps.count - 1].negatives)
        // True plus false positive rate, in parts of which there are as many as points between the ends.
        func part(_ step: Step) -> Int {
            let truePositiveRate = Double(step.positives) / Double(max(positives, 1))
            let falsePositiveRate = Double(step.negatives) / Double(max(negatives, 1))
            return Int((truePositiveRate + falsePositiveRate) / 2 * Double(pointLimit - 2))
        }
        var kept = [steps[0]]
        var last = 0
        for step in steps[1..<(steps.count - 1)] where part(step) > last {
            kept.append(step)
            last = part(step)
        }
        return kept + [steps[steps.count - 1]]
    }

    private static func calibration(of ranking: RankedScores) -> [CalibrationPoint] {
        var points: [CalibrationPoint] = []
        var start = 0
        for cut in ranking.binCuts {
            let rows = start..<cut.rank
            let count = Double(rows.count)
            let probability = ranking.probabilities[rows].reduce(0, +)
            let positives = ranking.labels[rows].count { $0 }
            for bin in CalibrationBins.all where bin.contains(ranking.probabilities[start]) {
                points.append(
                    CalibrationPoint(
                        bin: bin.index, lower: bin.lower, upper: bin.upper, count: rows.count,
                        meanPredicted: probability / count, observedShare: Double(positives) / count))
            }
            start = cut.rank
        }
        return points.reversed()
    }
}
