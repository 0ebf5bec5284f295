import LeewayLearn
import Testing

@Suite struct ConfusionMatrixTests {
    // Oracle: scikit-learn 1.9.1 accuracy_score, precision_score, recall_score, f1_score, balanced_accuracy_score and
    // matthews_corrcoef of 10 rows with y = [0,0,1,1,0,1,1,0,1,0] and predictions [0,0,0,1,1,1,1,0,1,1].
    @Test func `matches scikit-learn`() {
        let matrix = MetricFixture.matrix(3, 2, 1, 4)
        #expect(matrix.count == 10 && matrix.positives == 5 && matrix.negatives == 5)
        #expect(matrix.accuracy == 0.7)
        #expect(matrix.precision == 0.6666666666666666)
        #expect(matrix.recall == 0.8)
        #expect(matrix.specificity == 0.6)
        #expect(matrix.f1 == 0.7272727272727273)
        #expect(matrix.balancedAccuracy == 0.7)
        #expect(abs(matrix.matthewsCorrelation - 0.408248290463863) < 1e-15)
    }

    // Oracle: the published row of Adult's README: LightGBM tuned, threshold .39.
    @Test func `matches the published Adult row`() {
        let matrix = MetricFixture.matrix(6_740, 691, 579, 1_759)
        let rounded = [matrix.accuracy, matrix.precision, matrix.recall, matrix.f1].map { ($0 * 1e4).rounded() }
        #expect(rounded == [8_700, 7_180, 7_524, 7_348])
    }

    // Oracle: scikit-learn 1.9.1 with zero_division=0.
    @Test func `a ratio of nothing is zero`() {
        let nothing = MetricFixture.matrix(0, 0, 0, 0)
        #expect([nothing.accuracy, nothing.precision, nothing.recall, nothing.f1] == [0, 0, 0, 0])
        #expect(nothing.balancedAccuracy == 0 && nothing.matthewsCorrelation == 0)
        #expect(MetricFixture.matrix(3, 0, 2, 0).matthewsCorrelation == 0)
    }

    @Test func `one class has its own recall as balanced accuracy`() {
        #expect(MetricFixture.matrix(0, 0, 1, 2).balancedAccuracy == 2.0 / 3)
        #expect(MetricFixture.matrix(1, 2, 0, 0).balancedAccuracy == 1.0 / 3)
    }

    @Test func `a billion rows do not overflow`() {
        let half = 1_000_000_000
        #expect(abs(MetricFixture.matrix(half, 0, 0, half).matthewsCorrelation - 1) < 1e-15)
        #expect(abs(MetricFixture.matrix(0, half, half, 0).matthewsCorrelation + 1) < 1e-15)
    }
}
