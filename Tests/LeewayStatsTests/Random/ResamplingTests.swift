import LeewayStats
import Testing

@Suite struct ResamplingTests {
    // Oracle: the batched draw of arXiv:2408.06213 written down again in Python 3.11 with its big integers.
    @Test func `matches a second implementation`() {
        #expect(Self.resample(rows: 10, seed: 42) == [0, 1, 2, 0, 2, 1, 1, 0, 2, 1])
        // Of 16,383 rows, some words are thrown away.
        let sums = [(16_383, 134_289_566, 32_961), (20_000, 199_980_792, 39_850), (300_000, 44_969_832_324, 600_228)]
        for (rows, moment, squares) in sums {
            let counts = Self.resample(rows: rows, seed: 42)
            #expect(counts.enumerated().reduce(0) { $0 + $1.offset * $1.element } == moment)
            #expect(counts.reduce(0) { $0 + $1 * $1 } == squares)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 255, 256, 16_383, 16_384, 262_143, 262_144])
    func `draws as many rows as there are`(rows: Int) {
        #expect(Self.resample(rows: rows, seed: 1).reduce(0, +) == rows)
    }

    @Test func `no rows are no draws`() {
        #expect(Self.resample(rows: 0, seed: 1).isEmpty)
    }

    @Test func `every row is equally likely`() {
        // 2,000 resamples of 10 rows: chi-square with 9 degrees of freedom, 27.9 at p = .001 (scipy.stats.chi2.isf).
        var totals = [Int](repeating: 0, count: 10)
        for seed in 0..<2_000 {
            for (row, count) in Self.resample(rows: 10, seed: UInt64(seed)).enumerated() { totals[row] += count }
        }
        let statistic = totals.reduce(0.0) { $0 + Double(($1 - 2_000) * ($1 - 2_000)) / 2_000 }
        #expect(statistic < 27.9)
    }

    @Test func `starts from zero every time`() {
        var generator = SeededGenerator(seed: 5)
        var counts = [UInt8](repeating: 200, count: 100)
        counts.withUnsafeMutableBufferPointer { generator.resample(into: $0) }
        #expect(counts.reduce(0) { $0 + Int($1) } == 100)
    }

    @Test func `goes on where it stopped`() {
        var generator = SeededGenerator(seed: 5)
        var counts = [UInt8](repeating: 0, count: 100)
        counts.withUnsafeMutableBufferPointer { generator.resample(into: $0) }
        let first = counts
        counts.withUnsafeMutableBufferPointer { generator.resample(into: $0) }
        #expect(counts != first)
    }

    private static func resample(rows: Int, seed: UInt64) -> [Int] {
        var generator = SeededGenerator(seed: seed)
        var counts = [UInt8](repeating: 0, count: rows)
        counts.withUnsafeMutableBufferPointer { generator.resample(into: $0) }
        return counts.map(Int.init)
    }
}
