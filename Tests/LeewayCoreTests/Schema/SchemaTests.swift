import LeewayCore
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct SchemaTests {
    private static let schema = Schema(
        columns: [
            .init(name: "age", type: .integer, nullShare: 0, minimum: 17, maximum: 90),
            .init(
                name: "höhe \"m\"", type: .number, nullShare: 0.1 + 0.2, minimum: -.leastNonzeroMagnitude,
                maximum: .greatestFiniteMagnitude),
            .init(name: "job", type: .text, nullShare: 1, categories: ["", "a/b", "é"]),
            .init(name: "day", type: .timestamp, nullShare: 0.5),
        ], target: "job")

    @Test func `survives JSON to the last bit`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        #expect(try JSONDecoder().decode(Schema.self, from: encoder.encode(Self.schema)) == Self.schema)
    }

    @Test func `its keys are those of schema.json, and what is unknown is left out`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let schema = Schema(
            columns: [
                .init(name: "n", type: .number, nullShare: 0.25, minimum: 1, maximum: 2),
                .init(name: "t", type: .text, nullShare: 0, categories: ["x"]),
            ], target: "t")
        #expect(
            String(decoding: try encoder.encode(schema), as: UTF8.self)
                == #"{"columns":[{"maximum":2,"minimum":1,"name":"n","null_share":0.25,"type":"number"},"#
                + #"{"categories":["x"],"name":"t","null_share":0,"type":"text"}],"target":"t"}"#)
    }

    @Test func `a column is found by its name`() {
        #expect(Self.schema["age"]?.maximum == 90)
        #expect(Self.schema["Age"] == nil)
    }

    @Test func `types tell numbers and times apart`() {
        #expect(ColumnType.allCases.filter(\.isNumeric) == [.integer, .number])
        #expect(ColumnType.allCases.filter(\.isTemporal) == [.date, .time, .timestamp])
    }
}
