import Testing

@testable import LeewayMonitor

@Suite struct RowDrawTests {
    // Oracle: CPython 3, whole numbers of any length: lowbias32 as published, xoshiro256**, SplitMix64 and FNV-1a written
    // from their papers; lowbias32(1) = 0x688990c0.
    @Test(arguments: [
        (42, "row null 0 job", [0.259725644486025, 0.5727047543041408, 0.2106178174726665, 0.9114478616975248]),
        (7, "sample", [0.41712217777967453, 0.47409319900907576, 0.6387682578060776, 0.2065746858716011]),
    ])
    func `match whole-number arithmetic`(seed: UInt64, name: String, expected: [Double]) {
        let draw = RowDraw(seed: seed, name: name)
        #expect([1, 2, 3, .max].map { draw.uniform($0) } == expected)
    }

    /// χ² of 100 cells: its 1e-6 quantiles are 41.6 and 181 (scipy 1.17.1, `chi2.ppf([1e-6, 1 - 1e-6], 99)`).
    @Test func `fill 0 to 1 evenly, and pairs of rows and of names the square`() {
        let (draw, other) = (RowDraw(seed: 1, name: "a"), RowDraw(seed: 1, name: "b"))
        let count: UInt32 = 100_000
        var (line, neighbours, names) = ([Int](repeating: 0, count: 100), [Int](), [Int]())
        (neighbours, names) = (line, line)
        for row in 1...count {
            let uniform = draw.uniform(row)
            line[Int(uniform * 100)] += 1
            neighbours[Int(uniform * 10) * 10 + Int(draw.uniform(row + 1) * 10)] += 1
            names[Int(uniform * 10) * 10 + Int(other.uniform(row) * 10)] += 1
        }
        for cells in [line, neighbours, names] {
            let expected = Double(count) / 100
            let statistic = cells.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
            #expect((41.6...181).contains(statistic))
        }
    }

    @Test func `seed and name both matter`() {
        let draws = [(1, "a"), (2, "a"), (1, "b"), (2, "b")].map { RowDraw(seed: $0, name: $1).uniform(1) }
        #expect(Set(draws).count == 4)
    }
}
