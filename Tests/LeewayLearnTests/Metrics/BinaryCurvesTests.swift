import LeewayLearn
import Testing

@Suite struct BinaryCurvesTests {
    private static let labels = [0, 0, 1, 1, 0, 1, 1, 0, 1, 0].map { $0 == 1 }
    private static let probabilities = [0.1, 0.4, 0.35, 0.8, 0.5, 0.5, 0.9, 0.2, 0.5, 0.65]

    // Oracle: scikit-learn 1.9.1 roc_curve(y, p, drop_intermediate=False).
    @Test func `ROC matches scikit-learn`() throws {
        let roc = try BinaryEvaluation.evaluate(labels: Self.labels, probabilities: Self.probabilities).curves.roc
        #expect(roc.map(\.threshold) == [nil, 0.9, 0.8, 0.65, 0.5, 0.4, 0.35, 0.2, 0.1])
        #expect(roc.map(\.falsePositiveRate) == [0, 0, 0, 0.2, 0.4, 0.6, 0.6, 0.8, 1])
        #expect(roc.map(\.truePositiveRate) == [0, 0.2, 0.4, 0.4, 0.8, 0.8, 1, 1, 1])
    }

    // Oracle: scikit-learn 1.9.1 precision_recall_curve(y, p), reversed.
    @Test func `precision-recall matches scikit-learn`() throws {
        let curves = try BinaryEvaluation.evaluate(labels: Self.labels, probabilities: Self.probabilities).curves
        let points = curves.precisionRecall
        #expect(points.map(\.threshold) == [nil, 0.9, 0.8, 0.65, 0.5, 0.4, 0.35, 0.2, 0.1])
        #expect(points.map(\.recall) == [0, 0.2, 0.4, 0.4, 0.8, 0.8, 1, 1, 1])
        let expected = [1, 1, 1, 2.0 / 3, 2.0 / 3, 4.0 / 7, 0.625, 5.0 / 9, 0.5]
        #expect(points.map(\.precision) == expected)
    }

    // Oracle: scikit-learn 1.9.1 calibration_curve(y, p, n_bins=10): prob_true, prob_pred.
    @Test func `calibration matches scikit-learn`() throws {
        let curves = try BinaryEvaluation.evaluate(labels: Self.labels, probabilities: Self.probabilities).curves
        let points = curves.calibration
        #expect(points.map(\.bin) == [0, 1, 3, 4, 6, 7, 8])
        #expect(points.map(\.lower) == [0, 0.1, 0.3, 0.4, 0.6, 0.7, 0.8])
        #expect(points.map(\.upper) == [0.1, 0.2, 0.4, 0.5, 0.7, 0.8, 0.9])
        #expect(points.map(\.count) == [1, 1, 2, 3, 1, 1, 1])
        #expect(points.map(\.observedShare) == [0, 0, 0.5, 2.0 / 3, 0, 1, 1])
        #expect(points.map(\.meanPredicted) == [0.1, 0.2, 0.375, 0.5, 0.65, 0.8, 0.9])
        let (labels, probabilities) = MetricFixture.grid(5_000)
        let grid = try BinaryEvaluation.evaluate(labels: labels, probabilities: probabilities).curves.calibration
        let shares = [
            0.055445544554455446, 0.13654618473895583, 0.23046092184368738, 0.36072144288577157, 0.45490981963927857,
            0.548, 0.674, 0.766, 0.848, 0.94,
        ]
        #expect(grid.map(\.observedShare) == shares)
        #expect(abs(grid[2].meanPredicted - 0.250440881763527) < 1e-14)
    }

    @Test func `long curves are thinned, ends kept`() throws {
        let (_, probabilities) = MetricFixture.grid(1_001)
        for isPositive: (Int) -> Bool in [{ $0 % 3 == 0 }, { $0 == 137 }, { probabilities[$0] > 0.9 }] {
            let labels = (0..<1_001).map(isPositive)
            let curves = try BinaryEvaluation.evaluate(labels: labels, probabilities: probabilities).curves
            #expect((60...200).contains(curves.roc.count))
            #expect(curves.roc.count == curves.precisionRecall.count)
            #expect(curves.roc.first?.threshold == nil && curves.roc.last?.threshold == 0)
            #expect(curves.roc.last?.falsePositiveRate == 1 && curves.roc.last?.truePositiveRate == 1)
            let steps = zip(curves.roc, curves.roc.dropFirst())
            #expect(steps.allSatisfy { $0.truePositiveRate <= $1.truePositiveRate })
            // Each point is what its threshold says.
            for point in curves.precisionRecall.dropFirst() {
                let threshold = try #require(point.threshold)
                let metrics = try BinaryEvaluation.evaluate(
                    labels: labels, probabilities: probabilities, threshold: threshold
                ).metrics
                #expect(metrics.precision == point.precision && metrics.recall == point.recall)
            }
        }
    }

    @Test func `one class has no ROC and no positives no precision-recall`() throws {
        let positive = try BinaryEvaluation.evaluate(labels: [true, true], probabilities: [0.5, 0.6]).curves
        #expect(positive.roc.isEmpty && positive.precisionRecall.map(\.precision) == [1, 1, 1])
        let negative = try BinaryEvaluation.evaluate(labels: [false], probabilities: [0.5]).curves
        #expect(negative.roc.isEmpty && negative.precisionRecall.isEmpty && negative.calibration.count == 1)
    }
}
