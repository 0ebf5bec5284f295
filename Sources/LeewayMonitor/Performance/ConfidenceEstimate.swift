package import LeewayLearn

/// What a model's metrics are on rows whose labels are not known: the expected confusion matrix of calibrated
/// probabilities (CBPE).
///
/// It holds as long as rows of one score are as often positive as they were in the reference: it sees a change of the
/// rows, not one of what the labels depend on.
///
/// - Intervals: where the metric of these very rows would lie, were their labels known: the labels' own chance, given the
///   probabilities, and the uncertainty of the calibration.
/// - Source: NannyML 0.13 documentation, "Confidence-based Performance Estimation"; the AUC ranks by the score itself.
package struct ConfidenceEstimate: Sendable {
    /// The metrics that are estimated.
    package static let metrics: [BinaryMetric] = [
        .accuracy, .precision, .recall, .f1, .rocAUC, .logLoss, .brierScore,
    ]
    /// Of fewer rows nothing is said.
    package static let fewestRows = 30

    private let calibrator: Calibrator

    /// Takes the calibrator of the reference.
    package init(_ calibrator: Calibrator) { self.calibrator = calibrator }

    /// Estimates each metric.
    ///
    /// - Complexity: O(cells · log blocks) for each.
    package func evaluate(_ window: DecidedRows) -> PerformanceFigures {
        guard window.count > 0 else { return PerformanceFigures(without: .emptyWindow, of: Self.metrics) }
        guard window.count >= Self.fewestRows else {
            return PerformanceFigures(without: .tooFewRows, of: Self.metrics, rows: window.count)
        }
        let scores = window.cells.map(\.score)
        let probabilities = scores.map(calibrator.probability)
        let expected = ExpectedPerformance(window, probabilities: probabilities)
        var outcomes: [BinaryMetric: PerformanceOutcome] = [:]
        for metric in Self.metrics {
            guard let expectation = expected.expectation(metric) else {
                outcomes[metric] = .noEvidence(.tooFewRows)
                continue
            }
            var (chance, sums) = (0.0, [Double]())
            for (place, slope) in expectation.gradient.enumerated() {
                let rows = Double(window.cells[place].rows)
                chance += rows * slope * slope * probabilities[place] * (1 - probabilities[place])
                sums.append(rows * slope)
            }
            let standardError = (chance + calibrator.variance(ofSum: sums, at: scores)).squareRoot()
            let interval =
                metric == .logLoss
                ? PerformanceInterval.positive(expectation.value, standardError)
                : PerformanceInterval.logit(expectation.value, standardError)
            outcomes[metric] = .known(
                PerformanceFigure(value: expectation.value, interval: interval, standardError: standardError))
        }
        return PerformanceFigures(rows: window.count, outcomes: outcomes)
    }
}
