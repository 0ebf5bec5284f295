import Foundation
import LeewayLearn
import LeewayTestSupport
import Testing

@Suite struct CalibratorTests {
    private func calibrator(_ method: Calibrator.Method) throws -> Calibrator {
        let (labels, scores) = CalibrationFixture.grid
        return try #require(Calibrator(method, try ScoredRows(labels: labels, scores: scores)))
    }

    // Oracle: scikit-learn 1.9.1, CalibratedClassifierCV(FrozenEstimator(model), method="isotonic"), whose model's
    // predict_proba is the score; also IsotonicRegression(out_of_bounds="clip").predict.
    @Test func `isotonic matches scikit-learn`() throws {
        let isotonic = try calibrator(.isotonic)
        let expected = [
            0.03731343283582089, 0.18729096989966554, 0.3225806451612903, 0.6451612903225806, 0.8076923076923077,
        ]
        #expect(isClose([0.1, 0.33333, 0.5, 0.77, 0.9].map(isotonic.probability), expected, tolerance: 1e-12))
    }

    @Test(arguments: Calibrator.Method.allCases)
    func `never falls, and stays between 0 and 1`(method: Calibrator.Method) throws {
        let calibrator = try calibrator(method)
        let probabilities = (0...1_000).map { calibrator.probability(of: Double($0) / 1_000) }
        #expect(zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(probabilities.allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: Calibrator.Method.allCases)
    func `survives save and load, and is small`(method: Calibrator.Method) throws {
        let calibrator = try calibrator(method)
        let data = try JSONEncoder().encode(calibrator)
        #expect(try JSONDecoder().decode(Calibrator.self, from: data) == calibrator)
        #expect(data.count < 6_000)
    }

    @Test func `no finite number of rows makes a probability certain`() throws {
        let rows = ScoredRows(scores: [0.1, 0.2, 0.8, 0.9], rows: [10, 10, 10, 5], positives: [0, 0, 9, 5])
        let isotonic = try #require(Calibrator(.isotonic, rows))
        #expect(isotonic.probability(of: 0) == 1.0 / 22)
        // One in seven would fall below the block before.
        #expect(isotonic.probability(of: 1) == 0.9)
        let one = try #require(Calibrator(.isotonic, ScoredRows(scores: [0.4], rows: [8], positives: [0])))
        #expect(one.probability(of: 0.7) == 0.1)
    }

    @Test func `nothing is learned without rows`() {
        for method in Calibrator.Method.allCases {
            #expect(Calibrator(method, ScoredRows(scores: [], rows: [], positives: [])) == nil)
        }
    }

    @Test func `the variance of a sum is that of its blocks`() throws {
        let rows = ScoredRows(scores: [0.2, 0.4, 0.8], rows: [100, 100, 50], positives: [10, 30, 40])
        for method in [Calibrator.Method.identity, .isotonic] {
            let calibrator = try #require(Calibrator(method, rows))
            // In the first block, in the middle between first and second, beyond the last.
            let variance = calibrator.variance(ofSum: [2, 1, 3], at: [0.1, 0.3, 0.9])
            let (first, second, third) = (0.1 * 0.9 / 100, 0.3 * 0.7 / 100, 0.8 * 0.2 / 50)
            #expect(isClose([variance], [2.5 * 2.5 * first + 0.5 * 0.5 * second + 9 * third], tolerance: 1e-15))
        }
    }
}
