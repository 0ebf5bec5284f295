import LeewayCore
import LeewayStats
import LeewayValidate
import Testing

@Suite struct SchemaInferenceTests {
    private static func texts(_ name: String, _ entries: [(text: String, count: Int)], of distinct: Int? = nil)
        -> ColumnCounts
    {
        ColumnCounts(name: name, type: .text, nullCount: 0, values: .texts(.init(entries, distinctCount: distinct)))
    }

    @Test func `what was seen is what is expected`() {
        let schema = Schema(
            inferredFrom: [
                ColumnCounts(name: "age", type: .integer, nullCount: 1, values: .numbers(ValueCounts([3, -1, 2]))),
                Self.texts("job", [("z", 3), ("é", 1), ("b", 1)]),
                ColumnCounts(name: "void", type: .number, nullCount: 4, values: .numbers(ValueCounts([]))),
            ], rowCount: 4, target: "job")
        #expect(
            schema
                == Schema(
                    columns: [
                        .init(name: "age", type: .integer, nullShare: 0.25, minimum: -1, maximum: 3),
                        .init(name: "job", type: .text, nullShare: 0, categories: ["b", "z", "é"]),
                        .init(name: "void", type: .number, nullShare: 1),
                    ], target: "job"))
    }

    @Test func `a thousand categories are listed, more are not`() {
        let entries = (0..<1_001).map { (text: "c\($0)", count: 1) }
        let columns = [Self.texts("a", Array(entries.prefix(1_000))), Self.texts("b", entries)]
        let schema = Schema(inferredFrom: columns, rowCount: 1_001, target: "a")
        #expect(schema["a"]?.categories?.count == 1_000)
        #expect(schema["b"]?.categories == nil)
    }

    @Test func `texts that were not all counted are not listed`() {
        let schema = Schema(inferredFrom: [Self.texts("a", [("x", 1)], of: 900)], rowCount: 900, target: "a")
        #expect(schema["a"]?.categories == nil)
    }

    @Test func `no rows have no share`() {
        #expect(Schema(inferredFrom: [Self.texts("a", [])], rowCount: 0, target: "a")["a"]?.nullShare == 0)
    }
}
