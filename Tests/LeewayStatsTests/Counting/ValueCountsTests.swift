import LeewayCore
import LeewayStats
import Testing

@Suite struct ValueCountsTests {
    @Test func `counts distinct values in order`() {
        let column = ValueCounts([2.5, .nan, -1, 2.5, .infinity, 0, -0.0])
        #expect(column.values == [-1, 0, 2.5, .infinity])
        #expect(column.counts == [1, 2, 2, 1])
        #expect(column.count == 6)
        #expect(column.values[1].sign == .plus)
        #expect(column.finite == ValueCounts([-1, 0, 0, 2.5, 2.5]))
    }

    @Test(arguments: [1_000, 50_000]) func `a short and a long column are counted alike`(rows: Int) {
        var generator = SeededGenerator(seed: 9)
        let raw = (0..<rows).map { _ in Double(generator.next(below: 300)) / 8 - 15 }
        var expected: [Double: Int] = [:]
        for value in raw { expected[value, default: 0] += 1 }
        let column = ValueCounts(raw)
        #expect(column.values == expected.keys.sorted())
        #expect(column.counts == column.values.map { expected[$0] })
        #expect(column == ValueCounts(raw.reversed()))
    }

    @Test func `takes what group by returns`() throws {
        let column = try ValueCounts(sorted: [-2, -0.0, 0, 4, 5, .nan], counts: [1, 3, 1, 0, 2, 7])
        #expect(column == ValueCounts([-2, 0, 0, 0, 0, 5, 5]))
        #expect(column.values[1].sign == .plus)
    }

    @Test(arguments: [([2.0, 1], [1, 1]), ([1], [-1])])
    func `refuses what is not sorted or negative`(values: [Double], counts: [Int]) {
        let error = #expect(throws: LeewayError.self) { try ValueCounts(sorted: values, counts: counts) }
        #expect(error?.description == "malformed_dataset: Value counts must be ascending and have no negative count.")
        let uneven = #expect(throws: LeewayError.self) { try ValueCounts(sorted: values, counts: []) }
        #expect(uneven?.description == "malformed_dataset: There are \(values.count) values but 0 counts.")
    }

    @Test func `nothing has no statistics`() {
        let empty = ValueCounts([Double.nan])
        #expect(empty.count == 0)
        #expect(empty.mean == nil && empty.sd == nil && empty.min == nil && empty.max == nil)
        #expect(empty.quantile(0.5) == nil && empty.quartiles == nil && empty.outliers == nil)
        #expect(empty.histogram() == nil && NumericSummary(empty) == nil)
    }
}
