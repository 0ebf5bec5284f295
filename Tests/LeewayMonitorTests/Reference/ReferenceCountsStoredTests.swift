import LeewayCore
import LeewayMonitor
import Testing

/// Counts that were stored are held against what counting gives.
@Suite struct ReferenceCountsStoredTests {
    private static func refusal(_ values: ReferenceCounts.Values, missing: Int = 0) -> String? {
        do {
            _ = try ReferenceCounts(column: "x", nullCount: missing, values: values)
            return nil
        } catch {
            return error.code == .damagedArtifact ? error.message : "another code"
        }
    }

    private static func numbers(_ values: [Double], _ counts: [Int]) -> ReferenceCounts.Values {
        .numbers(values: values, counts: counts, isExact: true)
    }

    @Test func `what was counted can be stored`() throws {
        let columns = [
            Dataset.Column("x", .numeric([3, .nan, -.infinity, .infinity, -0.0])), .init("x", .numeric([.nan])),
            .init(
                "x", .categorical(Categorical(categories: ["b", "", "\u{E9}", "e\u{301}"], codes: [0, -1, 1, 2, 3]))),
        ]
        for counted in columns.map(ReferenceCounts.init) {
            let stored = try ReferenceCounts(column: "x", nullCount: counted.nullCount, values: counted.values)
            #expect(stored == counted)
        }
    }

    @Test func `what can't have been counted is refused`() {
        let lead = "The reference counts of column 'x' can't be: "
        #expect(Self.refusal(Self.numbers([1, 2], [1])) == lead + "there are 2 values but 1 counts.")
        #expect(Self.refusal(.categories(values: [], counts: [1])) == lead + "there are 0 values but 1 counts.")
        for values in [[2, 1], [1, 1], [0, -0.0], [.nan, 1], [1, .nan]] {
            #expect(Self.refusal(Self.numbers(values, [1, 1])) == lead + "the values do not ascend.")
        }
        #expect(Self.refusal(Self.numbers([.nan], [1])) == lead + "the values do not ascend.")
        for values in [["b", "a"], ["a", "a"], ["\u{E9}", "e\u{301}"]] {
            #expect(
                Self.refusal(.categories(values: values, counts: [1, 1])) == lead + "the values do not ascend.")
        }
        #expect(Self.refusal(Self.numbers([1], [-1])) == lead + "a count is negative.")
        #expect(Self.refusal(Self.numbers([1], [1]), missing: -1) == lead + "a count is negative.")
        #expect(Self.refusal(Self.numbers([1, 2], [1 << 53, 1])) == lead + "there are too many rows.")
        #expect(Self.refusal(Self.numbers([1, 2], [.max, .max]), missing: .max) == lead + "there are too many rows.")
        let many = (0...ReferenceCounts.numberLimit).map { Double($0) }
        #expect(Self.refusal(Self.numbers(many, many.map { _ in 1 })) == lead + "there are 65537 values.")
        #expect(Self.refusal(Self.numbers([1, 2], [0, 1 << 53])) == nil)
    }
}
