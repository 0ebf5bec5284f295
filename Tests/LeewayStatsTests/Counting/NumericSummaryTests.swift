import Foundation
import LeewayStats
import Testing

@Suite struct NumericSummaryTests {
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
}
