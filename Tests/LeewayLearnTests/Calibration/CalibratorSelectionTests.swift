import LeewayCore
import LeewayLearn
import Testing

@Suite struct CalibratorSelectionTests {
    private func methods(_ count: Int, _ share: (Double) -> Double) throws -> [Calibrator.Method: Int] {
        var methods: [Calibrator.Method: Int] = [:]
        for seed in 0..<20 {
            let (labels, scores) = CalibrationFixture.drawn(count, seed: UInt64(seed), share)
            methods[try CalibratorSelection.select(labels: labels, scores: scores).method, default: 0] += 1
        }
        return methods
    }

    @Test func `a calibrated score mostly stays as it is`() throws {
        #expect(try methods(200) { $0 }[.identity, default: 0] >= 11)
        #expect(try methods(5_000) { $0 }[.identity, default: 0] >= 11)
    }

    @Test func `a sigmoid is found`() throws {
        let found = try methods(5_000) { $0 * $0 / ($0 * $0 + 2 * (1 - $0) * (1 - $0)) }
        #expect(found[.identity] == nil)
        #expect(found[.platt, default: 0] >= 11)
    }

    @Test func `what no formula tells is left to isotonic regression`() throws {
        #expect(try methods(5_000) { $0 < 0.3 ? 0.1 : $0 < 0.6 ? 0.5 : 0.6 } == [.isotonic: 20])
    }

    @Test func `few rows of a class teach nothing`() throws {
        let scores = (0..<1_000).map { Double($0) / 1_000 }
        let nine = try CalibratorSelection.select(labels: scores.indices.map { $0 < 9 }, scores: scores)
        #expect(nine.method == .identity)
        let ten = try CalibratorSelection.select(labels: scores.indices.map { $0 < 10 }, scores: scores)
        #expect(ten.method == .isotonic)
    }

    @Test func `the order of the rows is nothing`() throws {
        let (labels, scores) = CalibrationFixture.drawn(3_000, seed: 8) { $0 * $0 }
        let one = try CalibratorSelection.select(labels: labels, scores: scores)
        #expect(try CalibratorSelection.select(labels: labels.reversed(), scores: scores.reversed()) == one)
    }

    @Test func `no rows are an error`() {
        #expect(throws: LeewayError.self) { try CalibratorSelection.select(labels: [], scores: []) }
    }
}
