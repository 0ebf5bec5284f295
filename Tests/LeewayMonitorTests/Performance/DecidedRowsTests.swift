import LeewayCore
import LeewayMonitor
import Testing

@Suite struct DecidedRowsTests {
    /// A window's counts in the score's cells, by hand.
    private func counts(_ cells: [Int: Int]) -> [Int] {
        (0..<2 * WindowBins.scoreEdges.count + 1).map { cells[$0] ?? 0 }
    }

    @Test func `gathers what was told the same, in any order`() throws {
        let rows = try DecidedRows(scores: [0.7, 0.2, 0.7, 0.7], decisions: [true, false, false, true])
        #expect(
            rows.cells == [
                .init(score: 0.2, isPositive: false, rows: 1), .init(score: 0.7, isPositive: false, rows: 1),
                .init(score: 0.7, isPositive: true, rows: 2),
            ])
        #expect(rows.count == 4)
    }

    @Test func `a hit is its edge, the rest the middle between two`() {
        // Cell 2i + 1 is edge i / 256; cell 2i lies before it.
        let rows = DecidedRows(scoreCells: counts([1: 3, 2: 4, 257: 5, 513: 6]), threshold: 0.5)
        #expect(
            rows.cells == [
                .init(score: 0, isPositive: false, rows: 3), .init(score: 1.0 / 512, isPositive: false, rows: 4),
                .init(score: 0.5, isPositive: true, rows: 5), .init(score: 1, isPositive: true, rows: 6),
            ])
        #expect(rows.count == 18)
    }

    @Test func `a threshold between two edges divides the rows there`() {
        // 0.3 lies between 76 / 256 and 77 / 256: cell 154.
        let cells = counts([153: 1, 154: 10, 155: 2])
        let known = DecidedRows(scoreCells: cells, threshold: 0.3, positives: 5)
        #expect(known.cells.map(\.rows) == [1, 7, 3, 2])
        #expect(known.cells.map(\.isPositive) == [false, false, true, true])
        #expect(known.cells[1].score == (76.0 / 256 + 0.3) / 2)
        #expect(known.cells[2].score == (0.3 + 77.0 / 256) / 2)
        let unknown = DecidedRows(scoreCells: cells, threshold: 0.3)
        #expect(unknown.cells.map(\.rows) == [1, 5, 5, 2])
        // Counts that contradict each other are held within what can be.
        #expect(DecidedRows(scoreCells: cells, threshold: 0.3, positives: 0).cells.map(\.rows) == [1, 10, 2])
        #expect(DecidedRows(scoreCells: cells, threshold: 0.3, positives: 99).cells.map(\.rows) == [1, 10, 2])
    }

    @Test func `what no row has is no cell`() throws {
        #expect(DecidedRows(scoreCells: counts([:]), threshold: 0.5).cells.isEmpty)
        #expect(try DecidedRows(scores: [], decisions: []).count == 0)
    }

    @Test(arguments: [[Double.nan], [-0.1], [1.1], []])
    func `refuses what is no score`(scores: [Double]) {
        #expect(throws: LeewayError.self) { try DecidedRows(scores: scores, decisions: [true]) }
    }
}
