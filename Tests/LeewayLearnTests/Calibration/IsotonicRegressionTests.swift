import LeewayLearn
import LeewayTestSupport
import Testing

/// Oracle: scikit-learn 1.9.1, IsotonicRegression(out_of_bounds="clip").fit(s, y, sample_weight=w).
@Suite struct IsotonicRegressionTests {
    private static let scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9]
    private static let labels = [0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1].map { $0 == 1 }

    private func blocks(_ weights: [Double]? = nil) throws -> [IsotonicRegression.Block] {
        IsotonicRegression.blocks(
            of: try ScoredRows(labels: Self.labels, scores: Self.scores, weights: weights))
    }

    @Test func `matches scikit-learn`() throws {
        let blocks = try blocks()
        #expect(blocks.map(\.lower) == [0.1, 0.2, 0.35, 0.6, 0.9])
        #expect(blocks.map(\.upper) == [0.1, 0.3, 0.5, 0.8, 0.9])
        #expect(isClose(blocks.map(\.value), [0, 1.0 / 3, 0.5, 2.0 / 3, 1], tolerance: 1e-15))
        #expect(blocks.map(\.effectiveCount) == [1, 3, 4, 3, 1])
    }

    @Test func `matches scikit-learn with weights`() throws {
        let blocks = try blocks([1, 2, 1, 3, 1, 1, 0.5, 2, 1, 1, 4, 1])
        #expect(blocks.map(\.lower) == [0.1, 0.2, 0.9])
        #expect(blocks.map(\.upper) == [0.1, 0.8, 0.9])
        #expect(isClose(blocks.map(\.value), [0, 1.0 / 3, 1], tolerance: 1e-15))
        // (Σ w)² / Σ w² of the ten rows in the middle.
        #expect(isClose([blocks[1].effectiveCount], [16.5 * 16.5 / 38.25], tolerance: 1e-12))
    }

    @Test func `a row of weight 0 is not there`() throws {
        let weights = Self.labels.map { $0 ? 1.0 : 0 }
        let blocks = try blocks(weights)
        #expect(blocks.count == 1)
        #expect(blocks[0].value == 1)
        #expect(blocks[0].lower == 0.2)
    }

    @Test func `values rise and keep the positives`() throws {
        let (labels, scores) = CalibrationFixture.grid
        let blocks = IsotonicRegression.blocks(of: try ScoredRows(labels: labels, scores: scores))
        #expect(zip(blocks, blocks.dropFirst()).allSatisfy { $0.value < $1.value && $0.upper < $1.lower })
        let positives = blocks.reduce(0) { $0 + $1.value * $1.weight }
        #expect(isClose([positives], [762], tolerance: 1e-9))
    }

    @Test func `the edges: nothing, one row, one score, falling labels`() throws {
        #expect(IsotonicRegression.blocks(of: try ScoredRows(labels: [], scores: [])).isEmpty)
        let one = IsotonicRegression.blocks(of: try ScoredRows(labels: [true], scores: [0.3]))
        #expect(one.map(\.value) == [1])
        let tied = IsotonicRegression.blocks(of: try ScoredRows(labels: [true, false], scores: [0.3, 0.3]))
        #expect(tied.map(\.value) == [0.5])
        let falling = IsotonicRegression.blocks(
            of: try ScoredRows(labels: [true, true, false, false], scores: [0.1, 0.2, 0.3, 0.4]))
        #expect(falling.map(\.value) == [0.5])
    }
}
