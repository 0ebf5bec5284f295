import Foundation
import LeewayMonitor
import Testing

@Suite struct SegmentConditionTests {
    private static let examples: [(values: SegmentCondition.Values, orMissing: Bool, words: String)] = [
        (.numbers(above: 55, upTo: nil), false, "x > 55"), (.numbers(above: nil, upTo: -0.25), false, "x ≤ -0.25"),
        (.numbers(above: 40, upTo: 55), false, "40 < x ≤ 55"),
        (.numbers(above: nil, upTo: 3), true, "(x ≤ 3 or missing)"), (.among(["Female"]), false, "x = Female"),
        (.among(["a", "b", "c"]), false, "x is one of a, b, c"),
        (.among(["a", "b", "c", "d", "e"]), false, "x is one of 5: a, b, c, …"), (.except(["a"]), false, "x ≠ a"),
        (.except(["a", "b"]), true, "(x is none of a, b or missing)"),
        (.except(["a", "b", "c", "d"]), false, "x is none of 4: a, b, c, …"), (.none, true, "x is missing"),
        (.any, false, "x is not missing"),
    ]

    @Test(arguments: examples)
    func `conditions in words`(values: SegmentCondition.Values, orMissing: Bool, words: String) {
        #expect(SegmentCondition(column: "x", values: values, orMissing: orMissing).description == words)
    }

    @Test func `segments are read as they were written`() throws {
        let conditions = Self.examples.map { SegmentCondition(column: "x", values: $0.values, orMissing: $0.orMissing) }
        for ratio in [
            ShareRatio(window: 3, of: 10, reference: 0, of: 10), ShareRatio(window: 3, of: 10, reference: 1, of: 10),
        ] {
            let segment = DriftSegment(conditions: conditions, frequency: ratio, pValue: 1e-9, explained: 0.5)
            #expect(try JSONDecoder().decode(DriftSegment.self, from: JSONEncoder().encode(segment)) == segment)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let written = try encoder.encode([conditions[0], conditions[2], conditions[4], conditions[10]])
        #expect(
            String(decoding: written, as: UTF8.self) == """
                [{"above":55,"column":"x","or_missing":false},{"above":40,"column":"x","or_missing":false,"up_to":55},\
                {"among":["Female"],"column":"x","or_missing":false},{"column":"x","or_missing":true}]
                """)
    }
}
