import Foundation
import LeewayLearn
import Testing

/// Oracle of every number here, unless a line says otherwise: scikit-learn 1.9.1 with numpy 2.4.6.
///
/// With d = (p >= t):
/// accuracy_score(y, d), balanced_accuracy_score(y, d), precision_score(y, d, zero_division=0), recall_score,
/// f1_score, matthews_corrcoef(y, d), roc_auc_score(y, p), average_precision_score(y, p),
/// log_loss(y, clip(p, 1e-15, 1 - 1e-15), labels=[0, 1]), brier_score_loss(y, p), y.mean(), p.mean(); calibration error:
/// ids = searchsorted([.1, … .9], p); sum(|p[ids == k].sum() - y[ids == k].sum()| for k in range(10)) / n.
@Suite struct BinaryMetricsTests {
    @Test func `ten rows`() throws {
        let metrics = try MetricFixture.evaluate(
            [0, 0, 1, 1, 0, 1, 1, 0, 1, 0], [0.1, 0.4, 0.35, 0.8, 0.5, 0.5, 0.9, 0.2, 0.5, 0.65])
        #expect(metrics.confusionMatrix == MetricFixture.matrix(3, 2, 1, 4))
        #expect(metrics.rocAUC == 0.76)
        let expected: [BinaryMetric: Double] = [
            .accuracy: 0.7, .balancedAccuracy: 0.7, .precision: 0.6666666666666666, .recall: 0.8,
            .f1: 0.7272727272727273, .matthewsCorrelation: 0.408248290463863, .averagePrecision: 0.7916666666666667,
            .logLoss: 0.5346919548387254, .brierScore: 0.1855, .expectedCalibrationError: 0.2, .positiveShare: 0.5,
            .meanProbability: 0.49,
        ]
        #expect(MetricFixture.isClose(metrics, expected))
    }

    @Test func `five thousand rows with ties`() throws {
        let (labels, probabilities) = MetricFixture.grid(5_000)
        let metrics = try BinaryEvaluation.evaluate(labels: labels, probabilities: probabilities).metrics
        #expect(metrics.confusionMatrix == MetricFixture.matrix(1_880, 614, 615, 1_891))
        let expected: [BinaryMetric: Double] = [
            .accuracy: 0.7542, .balancedAccuracy: 0.7541990641866098, .precision: 0.7548902195608782,
            .recall: 0.7545889864325619, .f1: 0.754739572939533, .matthewsCorrelation: 0.50839768098088,
            .rocAUC: 0.836924020682359, .averagePrecision: 0.8347938954165984, .logLoss: 0.49627646358694766,
            .brierScore: 0.164869258, .expectedCalibrationError: 0.010850799999999987, .positiveShare: 0.5012,
            .meanProbability: 0.50022,
        ]
        #expect(MetricFixture.isClose(metrics, expected))
        let low = try BinaryEvaluation.evaluate(labels: labels, probabilities: probabilities, threshold: 0.3).metrics
        #expect(low.confusionMatrix == MetricFixture.matrix(1_287, 1_207, 210, 2_296))
        #expect(low.threshold == 0.3)
        #expect(MetricFixture.isClose(low, [.matthewsCorrelation: 0.4718808482668695, .logLoss: 0.49627646358694766]))
    }

    @Test func `tied scores count half`() throws {
        let metrics = try MetricFixture.evaluate([0, 1, 1, 0, 1, 0, 0, 1], [0.2, 0.2, 0.7, 0.7, 0.7, 0.2, 0.9, 0.9])
        let expected: [BinaryMetric: Double] = [
            .rocAUC: 0.59375, .averagePrecision: 0.55, .logLoss: 0.7976241644897242, .brierScore: 0.27625,
            .expectedCalibrationError: 0.1625, .matthewsCorrelation: 0.2581988897471611,
        ]
        #expect(MetricFixture.isClose(metrics, expected))
    }

    @Test func `all scores equal`() throws {
        let low = try MetricFixture.evaluate([0, 1, 1, 0, 0], [0.3, 0.3, 0.3, 0.3, 0.3])
        #expect(low.confusionMatrix == MetricFixture.matrix(3, 0, 2, 0))
        let expected: [BinaryMetric: Double] = [
            .rocAUC: 0.5, .averagePrecision: 0.4, .precision: 0, .f1: 0, .matthewsCorrelation: 0,
            .logLoss: 0.6955940880936139, .brierScore: 0.25, .expectedCalibrationError: 0.1,
        ]
        #expect(MetricFixture.isClose(low, expected))
        let high = try MetricFixture.evaluate([0, 1, 1, 0, 0], [0.6, 0.6, 0.6, 0.6, 0.6])
        #expect(high.confusionMatrix == MetricFixture.matrix(0, 3, 0, 2))
        #expect(MetricFixture.isClose(high, [.f1: 0.5714285714285714, .logLoss: 0.7541046886308893, .rocAUC: 0.5]))
    }

    @Test func `perfect and reversed`() throws {
        let perfect = try MetricFixture.evaluate([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9])
        #expect([perfect.rocAUC, perfect.averagePrecision, perfect.matthewsCorrelation, perfect.f1] == [1, 1, 1, 1])
        #expect(MetricFixture.isClose(perfect, [.logLoss: 0.16425203348601802, .expectedCalibrationError: 0.15]))
        let reversed = try MetricFixture.evaluate([1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9])
        #expect(reversed.rocAUC == 0 && reversed.matthewsCorrelation == -1)
        let expected: [BinaryMetric: Double] = [
            .averagePrecision: 0.41666666666666663, .logLoss: 1.956011502714073, .brierScore: 0.725,
            .expectedCalibrationError: 0.85,
        ]
        #expect(MetricFixture.isClose(reversed, expected))
    }

    @Test func `one class has no AUC`() throws {
        let positive = try MetricFixture.evaluate([1, 1, 1], [0.2, 0.6, 0.9])
        #expect(positive.rocAUC == nil && positive[.rocAUC] == nil)
        let expected: [BinaryMetric: Double] = [
            .averagePrecision: 1, .balancedAccuracy: 2.0 / 3, .matthewsCorrelation: 0, .f1: 0.8,
            .logLoss: 0.7418746839526391, .brierScore: 0.27, .expectedCalibrationError: 0.43333333333333335,
        ]
        #expect(MetricFixture.isClose(positive, expected))
        let negative = try MetricFixture.evaluate([0, 0, 0], [0.2, 0.6, 0.9])
        #expect(negative.rocAUC == nil && negative.averagePrecision == 0)
        #expect(
            MetricFixture.isClose(negative, [.balancedAccuracy: 1.0 / 3, .logLoss: 1.1473397920608035, .recall: 0]))
    }

    @Test func `one row`() throws {
        let metrics = try MetricFixture.evaluate([1], [0.7])
        #expect(metrics.confusionMatrix == MetricFixture.matrix(0, 0, 0, 1))
        #expect(MetricFixture.isClose(metrics, [.logLoss: 0.35667494393873245, .brierScore: 0.09]))
    }

    // Oracle of the log loss: numpy 2.4.6 -log(clip(q, 1e-15, 1 - 1e-15)).mean() with q = where(y, p, 1 - p).
    @Test func `certain rows are clipped`() throws {
        let metrics = try MetricFixture.evaluate([0, 1, 1, 0, 1], [0, 1, 0, 1, 0.5])
        #expect(metrics.confusionMatrix == MetricFixture.matrix(1, 1, 1, 2))
        let expected: [BinaryMetric: Double] = [
            .logLoss: 13.954139994076263, .rocAUC: 0.5, .averagePrecision: 0.5888888888888889, .brierScore: 0.45,
            .expectedCalibrationError: 0.5, .matthewsCorrelation: 0.16666666666666666,
        ]
        #expect(MetricFixture.isClose(metrics, expected))
        #expect(try MetricFixture.evaluate([0, 0], [-0.0, 0]).confusionMatrix == MetricFixture.matrix(2, 0, 0, 0))
    }

    // y = zeros(2000); y[137] = 1; p as the grid, divided by 20; t = .01.
    @Test func `one positive in two thousand`() throws {
        let probabilities = MetricFixture.grid(2_000).probabilities.map { $0 / 20 }
        let metrics = try BinaryEvaluation.evaluate(
            labels: (0..<2_000).map { $0 == 137 }, probabilities: probabilities, threshold: 0.01
        ).metrics
        #expect(metrics.confusionMatrix == MetricFixture.matrix(398, 1_601, 0, 1))
        let expected: [BinaryMetric: Double] = [
            .balancedAccuracy: 0.5995497748874438, .precision: 0.0006242197253433209, .f1: 0.0012476606363069245,
            .matthewsCorrelation: 0.01114817771101892, .rocAUC: 0.8326663331665833,
            .averagePrecision: 0.002976190476190476, .logLoss: 0.02701365487505356, .brierScore: 0.0012928751437500002,
            .expectedCalibrationError: 0.024517675, .positiveShare: 0.0005, .meanProbability: 0.025017675,
        ]
        #expect(MetricFixture.isClose(metrics, expected))
    }

    @Test func `a probability on the threshold is positive`() throws {
        #expect(try MetricFixture.evaluate([1], [0.5]).recall == 1)
        #expect(try MetricFixture.evaluate([1], [(0.5).nextDown]).recall == 0)
        #expect(
            try MetricFixture.evaluate([0, 1], [0, 1], threshold: 0).confusionMatrix == MetricFixture.matrix(0, 1, 0, 1)
        )
        #expect(try MetricFixture.evaluate([0, 1], [0, 1], threshold: 1).accuracy == 1)
    }

    @Test func `a probability on the edge of two bins is in the lower one`() throws {
        // .1 and .05 share a bin: |.15 − 1| / 2. Apart, they would give (|.05 − 0| + |.1 − 1|) / 2.
        let metrics = try MetricFixture.evaluate([0, 1], [0.05, 0.1])
        #expect(MetricFixture.isClose(metrics, [.expectedCalibrationError: 0.425]))
    }

    @Test func `losses know their direction`() {
        #expect(BinaryMetric.allCases.filter(\.isLowerBetter) == [.logLoss, .brierScore, .expectedCalibrationError])
    }

    @Test func `JSON has every key and null for no AUC`() throws {
        let metrics = try MetricFixture.evaluate([1], [0.75])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(metrics), as: UTF8.self)
        let expected = """
            {"accuracy":1,"average_precision":1,"balanced_accuracy":1,"brier_score":0.0625,\
            "confusion_matrix":{"fn":0,"fp":0,"tn":0,"tp":1},"expected_calibration_error":0.25,"f1":1,\
            "log_loss":0.2876820724517809,"matthews_correlation":0,"mean_probability":0.75,"positive_share":1,\
            "precision":1,"recall":1,"roc_auc":null,"rows":1,"threshold":0.5}
            """
        #expect(json == expected)
        #expect(try JSONDecoder().decode(BinaryMetrics.self, from: Data(json.utf8)) == metrics)
    }
}
