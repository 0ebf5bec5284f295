import LeewayCore
import LeewayLearn
import Testing

@Suite struct DummyClassifierTests {
    // Oracle: scikit-learn 1.9.1 DummyClassifier(strategy="prior").fit(X, y): predict_proba(X)[0][1], predict(X)[0],
    // accuracy_score and log_loss(labels=[0, 1]) on other rows.
    @Test(arguments: [
        ([0, 1, 1, 0, 1, 1], [1, 0, 1], 2.0 / 3, true, 0.6666666666666666, 0.6365141682948129),
        ([0, 1], [1, 0, 0], 0.5, false, 0.6666666666666666, 0.6931471805599453),
        ([0, 0, 1], [0, 1], 1.0 / 3, false, 0.5, 0.7520386983881371),
    ])
    func `matches scikit-learn`(
        training: [Int], test: [Int], share: Double, isPositive: Bool, accuracy: Double, logLoss: Double
    ) throws {
        let dummy = try DummyClassifier(labels: training.map { $0 == 1 })
        #expect(dummy.positiveShare == share)
        #expect(dummy.predictsPositive == isPositive)
        #expect(dummy.probabilities(count: 2) == [share, share])
        let metrics = try dummy.evaluate(labels: test.map { $0 == 1 })
        #expect(metrics.accuracy == accuracy)
        #expect(abs(metrics.logLoss - logLoss) < 1e-15)
        #expect(metrics.rocAUC == 0.5)
    }

    @Test func `one class is always predicted`() throws {
        #expect(try DummyClassifier(labels: [true]).evaluate(labels: [true, false]).recall == 1)
        #expect(try DummyClassifier(labels: [false]).evaluate(labels: [true, false]).recall == 0)
    }

    @Test func `nothing can't be learned from`() {
        let error = #expect(throws: LeewayError.self) { try DummyClassifier(labels: []) }
        #expect(error?.description == "no_usable_values: There are no labels to learn from.")
    }
}
