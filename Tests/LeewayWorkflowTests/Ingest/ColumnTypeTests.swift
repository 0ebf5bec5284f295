import LeewayCore
import Testing

@testable import LeewayWorkflow

@Suite struct ColumnTypeTests {
    @Test(
        arguments: [
            ("TINYINT", .integer), ("BIGINT", .integer), ("UINTEGER", .integer), ("UBIGINT", .number),
            ("HUGEINT", .number),
            ("FLOAT", .number), ("DOUBLE", .number), ("DECIMAL(18,3)", .number), ("BOOLEAN", .boolean),
            ("VARCHAR", .text),
            ("ENUM('a', 'b(c', 'd]')", .text), ("ENUM('x', 'y')", .text), ("UUID", .text), ("DATE", .date),
            ("TIME", .time),
            ("TIME WITH TIME ZONE", .time), ("TIMESTAMP", .timestamp), ("TIMESTAMP WITH TIME ZONE", .timestamp),
            ("TIMESTAMP_NS", .timestamp),
        ] as [(String, ColumnType)])
    func `knows the engine's types`(name: String, type: ColumnType) { #expect(ColumnType(engineType: name) == type) }

    @Test(arguments: [
        "INTEGER[]", "VARCHAR[3]", "DECIMAL(18,3)[]", "STRUCT(a INTEGER)", "MAP(VARCHAR, INTEGER)", "BLOB", "BIT",
        "INTERVAL",
        "JSON", "UNION(a INTEGER)", "", "integer",
    ])
    func `refuses what is not read`(name: String) { #expect(ColumnType(engineType: name) == nil) }
}
