import LeewayCore
import LeewayValidate
import Testing

/// A column of numbers that a few texts have turned into a column of texts.
@Suite struct StrayTextTests {
    private static func warnings(_ entries: [(text: String, count: Int)], distinct: Int? = nil) -> [String] {
        let column = ColumnCounts(
            name: "x", type: .text, nullCount: 0, values: .texts(.init(entries, distinctCount: distinct)))
        let rows = entries.reduce(0) { $0 + $1.count }
        let report = DataValidator(rules: ValidationRules(minimumRows: 1))
            .validate(rowCount: rows, columns: [column], target: "y")
        return report.warnings.filter { $0.check == "stray_texts" }.map(\.message)
    }

    @Test func `nine numbers of ten values are warned of`() {
        let message = """
            90 % of the values are numbers, but the column is read as texts; name what means a missing value in \
            'null_values', or mend the others.
            """
        #expect(Self.warnings([("1", 5), ("2.5", 4), ("n/a", 1)]) == [message])
    }

    @Test func `fewer numbers are a column of texts`() {
        #expect(Self.warnings([("1", 8), ("a", 1), ("b", 1)]) == [])
        #expect(Self.warnings([("a", 10)]) == [])
    }

    @Test func `nothing but numbers are texts by somebody's wish`() {
        #expect(Self.warnings([("1", 5), ("2", 5)]) == [])
    }

    @Test func `of many values the most frequent ones tell`() {
        #expect(Self.warnings([("1", 5), ("2", 5)], distinct: 70_000).count == 1)
    }
}
