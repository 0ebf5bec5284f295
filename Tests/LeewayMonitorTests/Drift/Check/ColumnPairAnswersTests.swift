import LeewayCore
import LeewayLearn
import LeewayStats
import Testing

@testable import LeewayMonitor

@Suite struct ColumnPairAnswersTests {
    /// Rows whose label follows their score, and how a version performed on them.
    private static func scores(_ count: Int, _ stream: UInt64, raised: Double = 0) -> [Double] {
        var generator = SeededGenerator(seed: 5, stream: stream)
        return (0..<count).map { _ in min(1, Double.random(in: 0...0.9, using: &generator) + raised) }
    }

    private static func reference() throws -> PerformanceReference {
        let scores = scores(4000, 1)
        var generator = SeededGenerator(seed: 5, stream: 2)
        return try PerformanceReference(
            labels: scores.map { Double.random(in: 0...1, using: &generator) < $0 }, scores: scores, threshold: 0.5,
            classes: (negative: "no", positive: "yes"))
    }

    private static func window(_ scores: [Double]) -> WindowCounts {
        var counts = WindowCounts(WindowBins([], labels: ["no", "yes"]))
        for score in scores {
            counts.add(number: score, to: counts.bins.score)
            counts.add(code: score >= 0.5 ? 1 : 0, to: counts.bins.label)
            counts.endRow()
        }
        return counts
    }

    private static func report(_ window: WindowCounts) throws -> DriftReport {
        DriftCheck(DriftSettings()).evaluate(
            ColumnPair.answers(try reference(), window), referenceRows: 4000, windowRows: window.rows)
    }

    @Test func `scores of the same kind have not drifted`() throws {
        let report = try Self.report(Self.window(Self.scores(3000, 3)))
        #expect(report.columns.map(\.role) == [.score, .prediction])
        #expect(report.columns.map(\.name) == ["score", "prediction"])
        #expect(report.verdict == .noDrift && report.hypotheses == 2)
        #expect(report.columns.allSatisfy { $0.sides.reference == 4000 && $0.sides.window == 3000 })
    }

    @Test func `scores that rose have, and so have the labels given`() throws {
        let report = try Self.report(Self.window(Self.scores(3000, 3, raised: 0.1)))
        #expect(report.drifted.count == 2)
        // Scores over .9 wide have an sd of .26; .1 more of them are called positive.
        #expect(abs(report.columns[0].values.shift - 0.1 / 0.26) < 0.1)
    }

    @Test func `a window without rows is no evidence`() throws {
        let report = try Self.report(Self.window([]))
        #expect(report.verdict == .noEvidence)
        #expect(report.columns.allSatisfy { $0.noEvidence == .emptyWindow })
    }
}
