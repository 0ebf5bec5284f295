import LeewayCore
import LeewayStats
import Testing

@testable import LeewayMonitor

/// States whose bytes were changed and sealed anew, so that the checksum does not stop them.
@Suite struct RestoreFuzzTests {
    /// The state with some bytes of its body changed, cut or doubled; with a checksum that fits.
    private static func changed(_ state: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var body = Array(state.dropLast(8))
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0..<body.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: body[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: body[place] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
            case 2: body.insert(UInt8.random(in: 0...255, using: &generator), at: place)
            case 3 where body.count > 1: body.removeLast(min(body.count - 1, 1 + place % 9))
            default: body.replaceSubrange(place..., with: body[place...].map { _ in 0xFF })
            }
        }
        let sum = StateReader.checksum(body)
        return body + (0..<8).map { UInt8(truncatingIfNeeded: sum >> UInt64(8 * $0)) }
    }

    private static func columns() throws -> SequentialColumns {
        let numbers = try ReferenceCounts(
            column: "n", nullCount: 3,
            values: .numbers(values: (0..<40).map(Double.init), counts: (0..<40).map { _ in 5 }, isExact: true))
        let categories = try ReferenceCounts(
            column: "c", nullCount: 0, values: .categories(values: ["a", "b", "c"], counts: [120, 60, 20]))
        return try SequentialColumns([numbers, categories], contract: .runLength(1000), seed: 1)
    }

    private static func feed(_ detectors: inout SequentialColumns, _ rows: Int, _ generator: inout SeededGenerator) {
        for _ in 0..<rows {
            detectors.add(number: Double(Int.random(in: 0..<42, using: &generator)), to: 0)
            detectors.add(code: Int32.random(in: 0..<3, using: &generator), to: 1)
            _ = detectors.endRow()
        }
    }

    @Test func `detectors of columns refuse or go on`() throws {
        var generator = SeededGenerator(seed: 11, stream: 0)
        var detectors = try Self.columns()
        Self.feed(&detectors, 300, &generator)
        let state = detectors.encoded()
        var (refused, taken) = (0, 0)
        for _ in 0..<1500 {
            var fresh = try Self.columns()
            do throws(LeewayError) {
                try fresh.restore(Self.changed(state, &generator))
                taken += 1
            } catch {
                #expect(error.code == .damagedArtifact)
                refused += 1
            }
            // Whichever it was: the detector goes on.
            Self.feed(&fresh, 20, &generator)
            #expect(!fresh.evidence.isNaN)
        }
        #expect(refused > 500 && refused + taken == 1500)
    }

    @Test func `the detector of harm refuses or goes on`() throws {
        var generator = SeededGenerator(seed: 12, stream: 0)
        let start = try SequentialHarm(errors: 50, rows: 500, tolerance: 0.02, contract: .runLength(1000))
        var harm = start
        for _ in 0..<200 { harm.add(loss: Bool.random(using: &generator) ? 1 : 0) }
        let state = harm.encoded()
        for _ in 0..<1500 {
            var fresh = start
            do throws(LeewayError) {
                try fresh.restore(Self.changed(state, &generator))
            } catch {
                #expect(error.code == .damagedArtifact)
            }
            for _ in 0..<20 { fresh.add(loss: 1) }
            #expect(!fresh.evidence.isNaN)
        }
    }
}
