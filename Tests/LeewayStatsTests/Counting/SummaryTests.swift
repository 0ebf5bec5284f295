import Foundation
import LeewayStats
import Testing

@Suite struct SummaryTests {
    @Test func `a numeric column in one value`() throws {
        let summary = try #require(NumericSummary(ValueCounts([1, 2, 3, 4, .infinity, .nan]), binCount: 2))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(summary), as: UTF8.self)
        let expected = """
            {"count":4,"distinct_count":4,"histogram":{"counts":[2,2],"edges":[1,2.5,4]},"infinite_count":1,"max":4,\
            "mean":2.5,"median":2.5,"min":1,"outliers":{"count":0,"lower_fence":-0.5,"upper_fence":5.5},\
            "q1":1.75,"q3":3.25,"standard_deviation":1.118033988749895}
            """
        #expect(json == expected)
        #expect(try JSONDecoder().decode(NumericSummary.self, from: Data(json.utf8)) == summary)
    }

    @Test func `a categorical column in one value`() {
        let counts = [("b", 300), ("a", 300), ("rare", 5), ("rarer", 4), ("edge", 10), ("none", 0), ("c", 381)]
        let summary = CategorySummary(counts.map(CategoryCount.init), limit: 2)
        #expect(summary.count == 1_000)
        #expect(summary.cardinality == 6)
        #expect(summary.top == [CategoryCount(value: "c", count: 381), CategoryCount(value: "a", count: 300)])
        // 10 of 1,000 is 1 %, which is not below it.
        #expect(summary.rareCardinality == 2)
        #expect(summary.rareCount == 9)
        #expect(summary.rare == [CategoryCount(value: "rarer", count: 4), CategoryCount(value: "rare", count: 5)])
        #expect(summary.entropy == entropy(of: [381, 300, 300, 10, 5, 4]))
    }

    @Test func `no categories are a summary too`() {
        let summary = CategorySummary([])
        #expect(summary.count == 0 && summary.cardinality == 0 && summary.entropy == 0 && summary.top.isEmpty)
    }
}
