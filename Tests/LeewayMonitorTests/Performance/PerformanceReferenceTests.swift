import Foundation
import LeewayCore
import LeewayLearn
import LeewayStats
import Testing

@testable import LeewayMonitor

@Suite struct PerformanceReferenceTests {
    private func reference(_ rows: PerformanceFixture, threshold: Double = 0.5) throws -> PerformanceReference {
        try PerformanceReference(
            labels: rows.labels, scores: rows.scores, threshold: threshold, classes: (negative: "no", positive: "yes"))
    }

    @Test func `counts rows, errors and classes`() throws {
        let reference = try reference(.grid)
        #expect(reference.rows == 2_000)
        // Oracle: scikit-learn 1.9.1, confusion_matrix(y, s >= 0.5).ravel() = [848, 390, 152, 610].
        #expect(reference.errors == 542)
        #expect(reference.negative == .init(name: "no", rows: 1_238, predicted: 1_000))
        #expect(reference.positive == .init(name: "yes", rows: 762, predicted: 1_000))
        #expect(reference.realised == (try PerformanceFixture.grid.realised))
        #expect(reference.scoreCells.count == 515)
        #expect(reference.scoreCells.reduce(0, +) == 2_000)
        // 2,000 even scores: seven or eight between two edges, and now and then one at an edge.
        #expect(Set(reference.scoreCells) == [0, 1, 7, 8])
    }

    @Test func `decides from the threshold on`() throws {
        var rows = PerformanceFixture.grid
        rows.scores = rows.scores.map { ($0 * 10).rounded() / 10 }
        #expect(try reference(rows, threshold: 0.3).positive.predicted == rows.scores.count { $0 >= 0.3 })
    }

    @Test(arguments: [0.5, 0.3])
    func `on its own rows the estimate is what was realised`(threshold: Double) throws {
        let rows = PerformanceFixture.grid
        let reference = try reference(rows, threshold: threshold)
        let bins = WindowBins([], labels: ["no", "yes"])
        var window = WindowCounts(bins)
        for score in rows.scores {
            window.add(number: score, to: bins.score)
            window.add(code: score >= threshold ? 1 : 0, to: bins.label)
            window.endRow()
        }
        let estimated = reference.estimate(window)
        for metric in ConfidenceEstimate.metrics {
            #expect(abs(estimated.value(metric) - reference.realised.value(metric)) < 0.012, "\(metric)")
        }
    }

    @Test func `survives save and load, also with few rows`() throws {
        var few = PerformanceFixture()
        few.add(0.7, true)
        for reference in [try reference(.grid), try reference(few)] {
            let data = try JSONEncoder().encode(reference)
            #expect(try JSONDecoder().decode(PerformanceReference.self, from: data) == reference)
        }
        #expect(try reference(few).realised[.accuracy] == .noEvidence(.tooFewRows))
    }

    @Test(arguments: ["\"rows\":5", "\"score_cells\":[]", "\"errors\":-1", "\"blocks\":[]"])
    func `refuses counts that contradict each other`(damage: String) throws {
        let encoder = JSONEncoder()
        let text = String(decoding: try encoder.encode(try reference(.grid)), as: UTF8.self)
        let pattern = try Regex("\(damage.prefix { $0 != ":" }):(\\[[^\\]]*\\]|-?[0-9]+)")
        let damaged = text.replacing(pattern, with: damage, maxReplacements: damage.contains("rows") ? 10_000 : 1)
        #expect(damaged != text)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(PerformanceReference.self, from: Data(damaged.utf8))
        }
    }

    /// Oracle: none; whatever is read must answer without a trap, and with figures that are numbers.
    @Test func `changed bytes are refused, or it estimates`() throws {
        let bytes = Array(try JSONEncoder().encode(try reference(.grid)))
        let bins = WindowBins([], labels: ["no", "yes"])
        var window = WindowCounts(bins)
        for row in 0..<200 {
            window.add(number: Double(row) / 200, to: bins.score)
            window.add(code: Int32(row % 2), to: bins.label)
            window.endRow()
        }
        var generator = SeededGenerator(seed: 13)
        var refused = 0
        for _ in 0..<2_000 {
            guard let damaged = try? JSONDecoder().decode(PerformanceReference.self, from: changed(bytes, &generator))
            else {
                refused += 1
                continue
            }
            for outcome in damaged.estimate(window).metrics.compactMap({ damaged.estimate(window)[$0] }) {
                guard case .known(let figure) = outcome else { continue }
                #expect(!figure.value.isNaN)
            }
            #expect(ColumnPair.answers(damaged, window).count == 2)
        }
        #expect((200..<1_900).contains(refused))
    }

    /// JSON with some digits, signs, words or brackets changed.
    private func changed(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> Data {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
            let place = digits[Int.random(in: 0..<digits.count, using: &generator)]
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] = 0x30 + UInt8.random(in: 0...9, using: &generator)
            case 1: bytes.insert(contentsOf: Array("999999999999".utf8), at: place)
            case 2: bytes.insert(contentsOf: Array("-1".utf8), at: place)
            case 3: bytes.replaceSubrange(place...place, with: Array("1e308".utf8))
            case 4: bytes.replaceSubrange(place...place, with: Array("null".utf8))
            default: bytes.remove(at: place)
            }
        }
        return Data(bytes)
    }

    @Test func `refuses no rows`() {
        #expect(throws: LeewayError.self) { try reference(PerformanceFixture()) }
    }
}
