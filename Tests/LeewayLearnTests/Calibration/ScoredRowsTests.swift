import LeewayCore
import LeewayLearn
import Testing

@Suite struct ScoredRowsTests {
    @Test func `gathers rows of one score in any order`() throws {
        let rows = try ScoredRows(labels: [true, false, true, false], scores: [0.5, 0.2, 0.5, 0.5])
        #expect(rows.scores == [0.2, 0.5])
        #expect(rows.weights == [1, 3])
        #expect(rows.positives == [0, 2])
        #expect(rows == (try ScoredRows(labels: [false, true, true, false], scores: [0.5, 0.5, 0.5, 0.2])))
        #expect(rows == ScoredRows(scores: [0.2, 0.3, 0.5], rows: [1, 0, 3], positives: [0, 0, 2]))
    }

    @Test func `weights and their squares add up`() throws {
        let rows = try ScoredRows(labels: [true, false, true], scores: [0.5, 0.5, 0.1], weights: [2, 3, 0])
        #expect(rows.scores == [0.5])
        #expect(rows.weights == [5])
        #expect(rows.positives == [2])
        #expect(rows.squaredWeights == [13])
        #expect(rows.effectiveCount == 25.0 / 13)
    }

    @Test func `more than a sort of 2,000 rows gives the same`() throws {
        let (labels, scores) = CalibrationFixture.drawn(5_000, seed: 3) { $0 }
        let rounded = scores.map { ($0 * 50).rounded() / 50 }
        let rows = try ScoredRows(labels: labels, scores: rounded)
        #expect(
            rows == (try ScoredRows(labels: labels, scores: rounded, weights: [Double](repeating: 1, count: 5_000))))
        #expect(rows.weight == 5_000)
        #expect(rows.positiveWeight == Double(labels.count { $0 }))
    }

    @Test func `zero has no sign`() throws {
        let rows = try ScoredRows(labels: [true, false], scores: [0, -0.0])
        #expect(rows.scores == [0])
        #expect(rows.weights == [2])
    }

    @Test(arguments: [
        ([true], [Double](), [Double]?.none), ([true], [1.5], nil), ([true], [.nan], nil), ([true], [0.5], [-1]),
        ([true], [0.5], [.infinity]), ([true], [0.5], [1, 1]),
    ])
    func `refuses what is no score or weight`(labels: [Bool], scores: [Double], weights: [Double]?) {
        #expect(throws: LeewayError.self) { try ScoredRows(labels: labels, scores: scores, weights: weights) }
    }
}
