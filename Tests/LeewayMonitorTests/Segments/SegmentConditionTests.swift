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
}
