import LeewayCore
import LeewayEngine
import Testing

/// Every type that DuckDB can return, by a real query of a value and a null.
@Suite struct ArrowTypeTests {
    private static let numbers: [(sql: String, type: String, expected: Double)] = [
        ("'-128'::TINYINT", "int8", -128), ("'-32768'::SMALLINT", "int16", -32_768),
        ("'-2147483648'::INTEGER", "int32", -2_147_483_648),
        ("'-9007199254740993'::BIGINT", "int64", -9_007_199_254_740_992),
        ("255::UTINYINT", "uint8", 255), ("65535::USMALLINT", "uint16", 65_535),
        ("4294967295::UINTEGER", "uint32", 4_294_967_295),
        ("18446744073709551615::UBIGINT", "uint64", 0x1p64),
        ("'-170141183460469231731687303715884105727'::HUGEINT", "decimal128(scale 0)", -0x1p127),
        ("'170141183460469231731687303715884105727'::UHUGEINT", "decimal128(scale 0)", 0x1p127),
        ("-1.25::DECIMAL(4,2)", "decimal128(scale 2)", -1.25), ("0.1::DECIMAL(18,3)", "decimal128(scale 3)", 0.1),
        ("-1234567890.0123456789::DECIMAL(38,10)", "decimal128(scale 10)", -1_234_567_890.012_345_678_9),
        ("0.1::FLOAT", "float32", Double(Float(0.1))), ("-0.1::DOUBLE", "float64", -0.1),
        ("'Infinity'::DOUBLE", "float64", .infinity), ("true", "boolean", 1), ("false", "boolean", 0),
        ("DATE '1969-12-31'", "date32", -1), ("TIME '00:00:01.5'", "time[us]", 1.5),
        ("TIMESTAMP '1970-01-02 00:00:00.25'", "timestamp[us]", 86_400.25),
        ("'1970-01-02'::TIMESTAMP_S", "timestamp[s]", 86_400),
        ("'1970-01-02 00:00:00.001'::TIMESTAMP_MS", "timestamp[ms]", 86_400.001),
        ("'1969-12-31 23:59:59'::TIMESTAMP_NS", "timestamp[ns]", -1),
        ("TIMESTAMPTZ '1970-01-01 02:00:00+01'", "timestamp[us, UTC]", 3600),
    ]

    @Test(arguments: numbers)
    func `reads numbers and times`(sql: String, type: String, expected: Double) async throws {
        let session = try TestLibrary.session()
        try await session.execute("SET TimeZone = 'UTC'")
        let query = "SELECT \(sql) AS v, 0 AS place UNION ALL SELECT NULL, 1 ORDER BY place"
        let (fields, numbers) = try await session.query(
            query, into: { (fields: $0, numbers: [Double]()) },
            { result, batch in try batch.appendNumbers(of: 0, to: &result.numbers) })
        #expect(fields[0].type.description == type)
        #expect(numbers[0] == expected)
        #expect(numbers[1].isNaN)
    }

    @Test(arguments: ["1.5::DECIMAL(4,2)", "1.5::DECIMAL(18,2)", "1.5::DECIMAL(38,2)"])
    func `reads decimals of every width`(sql: String) async throws {
        let session = try TestLibrary.session()
        try await session.execute("SET arrow_output_version = '1.5'")
        let table = try await session.table("SELECT \(sql) AS v, -\(sql) AS w")
        #expect(table.columns == [.numbers([1.5]), .numbers([-1.5])])
    }

    @Test(arguments: [
        "utf8": [String](), "large_utf8": ["arrow_large_buffer_size = true"],
        "utf8_view": ["arrow_output_version = '1.4'", "produce_arrow_string_view = true"],
    ])
    func `reads texts of every layout`(layout: String, settings: [String]) async throws {
        let session = try TestLibrary.session()
        for setting in settings { try await session.execute("SET \(setting)") }
        let texts = [
            "", "a", "twelve bytes", "thirteen bytes", "zero \0 inside", "🧭 ünïcödé",
            String(repeating: "long ", count: 10_000),
        ]
        let rows = texts.enumerated().map { "(\($0), \(Dialect.duckDB.literal($1)))" } + ["(\(texts.count), NULL)"]
        let table = try await session.table(
            "SELECT v FROM (VALUES \(rows.joined(separator: ", "))) AS t(place, v) ORDER BY place")
        #expect(table.fields[0].type.description == layout)
        #expect(try table.texts("v") == texts + [nil])
    }

    @Test func `reads a dictionary as its texts and as its codes`() async throws {
        let session = try TestLibrary.session()
        try await session.execute("CREATE TYPE size AS ENUM ('small', 'medium', 'a text of more than twelve bytes')")
        let query = """
            SELECT unnest(['medium', NULL, 'small', 'a text of more than twelve bytes', 'medium']::size[]) AS v
            """
        #expect(
            try await session.table(query).texts("v")
                == ["medium", nil, "small", "a text of more than twelve bytes", "medium"])
        let codes = try await session.query(query, initial: [Int32]()) { all, batch in
            try batch.withCodes(of: 0) { codes, _ in all += codes }
        }
        #expect(codes == [1, -1, 0, 2, 1])
    }

    @Test func `reads a column of nulls`() async throws {
        let table = try await TestLibrary.session().table("SELECT NULL AS v FROM range(3)")
        #expect(table.columns == [.integers([nil, nil, nil])])
        #expect(try table.numbers("v").allSatisfy(\.isNaN))
    }

    private static let refused: [(sql: String, type: String, hint: String)] = [
        ("'a'::BLOB", "binary", "Cast it to VARCHAR in the query, or leave the column out."),
        ("'101'::BIT", "binary", "Cast it to VARCHAR in the query, or leave the column out."),
        (
            "INTERVAL 1 DAY", "interval",
            "Take a number from it in the query, such as epoch(span), or leave the column out."
        ),
        ("[1, 2]", "list", nested), ("array_value(1, 2)", "fixed_size_list", nested), ("{'a': 1}", "struct", nested),
        ("MAP {'a': 1}", "map", nested), ("union_value(a := 1)", "sparse_union", nested),
    ]
    private static let nested = "Take its parts in the query, such as s.field or unnest(list), or cast it to VARCHAR."

    @Test(arguments: refused)
    func `refuses other types by name`(sql: String, type: String, hint: String) async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.unsupportedType) {
            _ = try await session.table("SELECT 1 AS a, \(sql) AS \"b c\"")
        }
        #expect(error?.message == "Column 'b c' has the Arrow type '\(type)', which is not read.")
        #expect(error?.hint == hint)
    }

    @Test func `takes numbers from texts for a mistake`() async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.wrongColumnKind) {
            _ = try await session.query("SELECT 'a' AS v", initial: [Double]()) { numbers, batch in
                try batch.appendNumbers(of: 0, to: &numbers)
            }
        }
        #expect(error?.message == "Column 'v' holds texts where numbers are needed.")
    }
}
