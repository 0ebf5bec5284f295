package import LeewayCore
package import LeewayLearn

/// How a version performed on rows that it was not fitted on, and what later windows need to be judged by it: the contents
/// of `performance_reference.json`.
package struct PerformanceReference: Sendable, Equatable {
    /// Rows by class.
    package struct ClassCount: Sendable, Codable, Equatable {
        /// The class in words of the target.
        package let name: String
        /// The rows of this class.
        package let rows: Int
        /// The rows that the model put into it.
        package let predicted: Int

        package init(name: String, rows: Int, predicted: Int) {
            (self.name, self.rows, self.predicted) = (name, rows, predicted)
        }
    }

    /// All rows.
    package let rows: Int
    /// The rows that the model put into the wrong class: with `rows`, the risk that harm is measured from.
    package let errors: Int
    /// A row is called positive when its score is at least this.
    package let threshold: Double
    /// The class that labels of 0 stand for.
    package let negative: ClassCount
    /// The class whose probability the score is.
    package let positive: ClassCount
    /// What the metrics were, with intervals.
    package let realised: PerformanceFigures
    /// From a score to the probability of the positive class.
    package let calibrator: Calibrator
    /// The rows in each cell of the score, as `WindowCounts.valueCounts` gives them.
    package let scoreCells: [Int]

    /// Judges scores by the labels they were given for.
    ///
    /// - Parameters:
    ///   - labels: true for rows of the positive class.
    ///   - scores: one a row, 0 … 1.
    ///   - threshold: from which score on a row is called positive.
    ///   - classes: the negative and the positive class in words of the target.
    /// - Throws: `malformedDataset` where lengths differ, `invalidSetting` for a score out of range, `noUsableValues` without
    ///   rows.
    /// - Complexity: O(n), some twenty passes over the distinct scores.
    package init(
        labels: [Bool], scores: [Double], threshold: Double, classes: (negative: String, positive: String)
    ) throws(LeewayError) {
        calibrator = try CalibratorSelection.select(labels: labels, scores: scores)
        let decisions = scores.map { $0 >= threshold }
        realised = try RealisedPerformance.evaluate(scores: scores, decisions: decisions, labels: labels)
        let bins = WindowBins([], labels: [classes.negative, classes.positive])
        var counts = WindowCounts(bins)
        for score in scores { counts.add(number: score, to: bins.score) }
        scoreCells = Array(counts.valueCounts(of: bins.score))
        (rows, self.threshold) = (labels.count, threshold)
        errors = zip(decisions, labels).count { $0 != $1 }
        let (positives, called) = (labels.count { $0 }, decisions.count { $0 })
        negative = ClassCount(name: classes.negative, rows: rows - positives, predicted: rows - called)
        positive = ClassCount(name: classes.positive, rows: positives, predicted: called)
    }

    /// What the metrics are on a window whose labels are not known, from its counts of score and label.
    ///
    /// - Complexity: O(cells · log blocks).
    package func estimate(_ window: WindowCounts) -> PerformanceFigures {
        let bins = window.bins
        let called = window.valueCounts(of: bins.label).last
        return ConfidenceEstimate(calibrator).evaluate(
            DecidedRows(scoreCells: window.valueCounts(of: bins.score), threshold: threshold, positives: called))
    }
}

extension PerformanceReference: Codable {
    private enum CodingKeys: String, CodingKey {
        case rows
        case errors
        case threshold
        case negative = "negative_class"
        case positive = "positive_class"
        case realised
        case calibrator
        case scoreCells = "score_cells"
    }

    /// Reads what `encode` writes.
    ///
    /// - Throws: `DecodingError` where the counts contradict each other.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rows = try container.decode(Int.self, forKey: .rows)
        errors = try container.decode(Int.self, forKey: .errors)
        threshold = try container.decode(Double.self, forKey: .threshold)
        negative = try container.decode(ClassCount.self, forKey: .negative)
        positive = try container.decode(ClassCount.self, forKey: .positive)
        realised = try container.decode(PerformanceFigures.self, forKey: .realised)
        calibrator = try container.decode(Calibrator.self, forKey: .calibrator)
        scoreCells = try container.decode([Int].self, forKey: .scoreCells)
        let counts = [errors, negative.rows, negative.predicted, positive.rows, positive.predicted] + scoreCells
        guard scoreCells.count == 2 * WindowBins.scoreEdges.count + 1, counts.allSatisfy({ $0 >= 0 && $0 <= rows })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .scoreCells, in: container, debugDescription: "The counts contradict each other.")
        }
    }
}
