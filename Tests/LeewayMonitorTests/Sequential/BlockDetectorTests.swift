import LeewayCore
import Testing

@testable import LeewayMonitor

@Suite struct BlockDetectorTests {
    /// Rows that follow each other: xᵗ = 0.9 · xᵗ⁻¹ + noise, of deviation 1.
    private struct Traffic {
        var draws: SequentialDraws
        var last: Double

        init(_ stream: UInt64) {
            draws = SequentialDraws(stream)
            last = draws.normal()
        }

        mutating func next() -> Double {
            last = 0.9 * last + 0.19.squareRoot() * draws.normal()
            return last
        }

        mutating func block(_ bins: WindowBins, shift: Double = 0, isMissing: Bool = false) -> WindowCounts {
            var counts = WindowCounts(bins)
            for row in 0..<150 {
                counts.add(number: isMissing && row % 30 == 0 ? .nan : next() + shift, to: 0)
                counts.add(code: Int32(draws.place([0.05, 0.6, 0.35])) - 1, to: 1)
                counts.endRow()
            }
            return counts
        }
    }

    private static func start(
        _ stream: UInt64, _ contract: FalseAlarmContract = .runLength(100)
    ) throws -> (BlockDetector, WindowBins, Traffic) {
        var traffic = Traffic(stream)
        let reference = [
            ReferenceCounts.numbers((0..<300).map { _ in traffic.next() }, "x"),
            .categories((0..<300).map { _ in ["a", "b"][traffic.draws.place([0.6, 0.4])] }, "c"),
        ]
        let bins = WindowBins(reference, labels: ["no", "yes"])
        return (try BlockDetector(reference, bins, contract: contract, seed: stream), bins, traffic)
    }

    @Test func `blocks of rows that follow each other keep the contract`() throws {
        var (blocks, alarms) = (0, 0)
        for run in 0..<30 {
            var (detector, bins, traffic) = try Self.start(UInt64(run))
            var alarm: SequentialAlarm?
            while alarm == nil, detector.blocks < 270 { alarm = detector.add(traffic.block(bins)) }
            blocks += detector.blocks - 20
            alarms += alarm == nil ? 0 : 1
        }
        #expect(blocks / max(1, alarms) > 100, "\(blocks) blocks, \(alarms) alarms")
    }

    @Test func `a change of rows or of missing values is found in a few blocks, and named`() throws {
        for isMissing in [false, true] {
            var delays: [Int] = []
            for run in 0..<9 {
                var (detector, bins, traffic) = try Self.start(UInt64(run))
                for _ in 0..<40 { _ = detector.add(traffic.block(bins)) }
                var alarm: SequentialAlarm?
                while alarm == nil, detector.blocks < 100 {
                    alarm = detector.add(traffic.block(bins, shift: isMissing ? 0 : 1, isMissing: isMissing))
                }
                #expect(alarm?.columns[0].name == "x")
                delays.append(detector.blocks - 40)
            }
            #expect(delays.sorted()[4] <= 6, "\(delays)")
        }
    }

    @Test func `goes on after a stop as if there had been none, bit for bit`() throws {
        var (whole, bins, traffic) = try Self.start(3)
        var stopped = whole
        for block in 0..<60 {
            let counts = traffic.block(bins, shift: block > 40 ? 2 : 0)
            #expect(whole.add(counts) == stopped.add(counts))
            if block % 11 == 10 {
                let bytes = stopped.encoded()
                stopped = try Self.start(3).0
                try stopped.restore(bytes)
                #expect(stopped.encoded() == whole.encoded())
            }
        }
        var other = try Self.start(3, .level(0.01)).0
        #expect(throws: LeewayError.self) { try other.restore(whole.encoded()) }
    }

    @Test func `an empty block says nothing, one without numbers only that they are missing`() throws {
        var (detector, bins, _) = try Self.start(1)
        for _ in 0..<30 { #expect(detector.add(WindowCounts(bins)) == nil) }
        #expect(detector.evidence == 0 && detector.blocks == 30)
        var missing = WindowCounts(bins)
        missing.add(number: .nan, to: 0)
        missing.endRow()
        _ = detector.add(missing)
        #expect(detector.evidence > 0)
    }

    @Test func `a block's numbers are its mean score, variance and shares`() throws {
        // Scores of the mid-ranks (1 + ½) / 5 and (3 + ½) / 5: scipy 1.17 norm.ppf([.3, .7]).
        let reference = [
            ReferenceCounts.numbers([1, 1, 2, 2]), .categories(["a", "a", "b", nil]),
        ]
        let bins = WindowBins(reference, labels: ["no", "yes"])
        var counts = WindowCounts(bins)
        for number in [1, 1, 2, .nan] { counts.add(number: number, to: 0) }
        for code: Int32 in [0, 1, -2, -1, 0] { counts.add(code: code, to: 1) }
        let score = 0.5244005127080409
        let numbers = BlockSummary(reference[0]).numbers(counts, 0).map { $0 ?? .nan }
        #expect(abs(numbers[0] + score / 3) < 1e-15 && abs(numbers[1] - score * score * 8 / 9) < 1e-15)
        #expect(numbers[2] == 0.25)
        #expect(BlockSummary(reference[1]).numbers(counts, 1) == [0.5, 0.25, 0.25, 0.2])
    }

    @Test func `settings that can't be are refused`() {
        let reference = [ReferenceCounts.numbers([1, 2])]
        let bins = WindowBins(reference, labels: ["no", "yes"])
        #expect(throws: LeewayError.self) {
            try BlockDetector(reference, bins, contract: .runLength(10), calibration: 0, seed: 1)
        }
        #expect(throws: LeewayError.self) { try BlockDetector([], bins, contract: .runLength(10), seed: 1) }
        #expect(throws: LeewayError.self) { try BlockDetector(reference, bins, contract: .level(0), seed: 1) }
    }
}
