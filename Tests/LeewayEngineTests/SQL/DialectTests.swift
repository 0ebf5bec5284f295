import LeewayEngine
import Testing

@Suite struct DialectTests {
    private static let names = [
        "age", "two words", "a\"b", "\"", "'; DROP TABLE t; --", "größe 🧭", "select", "a.b", "100%", "\\", "\n", " ",
        "%s{}[]",
    ]

    @Test func `any name is a column's and a table's`() async throws {
        let session = try TestLibrary.session()
        let dialect = session.dialect
        let columns = Self.names.map { ArrowExportColumn($0, .texts([$0])) }
        for name in Self.names {
            try await session.ingest(table: name, columns: columns, mode: .create)
            let selection = Self.names.map { dialect.identifier($0) }.joined(separator: ", ")
            let table = try await session.table("SELECT \(selection) FROM \(dialect.identifier(name))")
            #expect(table.fields.map(\.name) == Self.names)
            #expect(table.columns == Self.names.map { .texts([$0]) })
        }
    }

    @Test(arguments: names + ["", "it's", "''", "\0", "a\0'b\0", "--", "/* */", "$$", "E'\\n'"])
    func `any text is a literal`(text: String) async throws {
        let session = try TestLibrary.session()
        let table = try await session.table("SELECT \(session.dialect.literal(text)) AS v")
        #expect(try table.texts("v") == [text])
    }

    @Test(arguments: [
        0, -0.0, 1, -1.5, 0.1, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 9_007_199_254_740_992, .pi,
        .infinity,
        -.infinity,
    ])
    func `a number keeps all its bits`(number: Double) async throws {
        let session = try TestLibrary.session()
        let table = try await session.table("SELECT \(session.dialect.literal(number)) AS v")
        #expect(table.fields[0].type == .float64)
        #expect(try table.numbers("v").map(\.bitPattern) == [number.bitPattern])
    }

    @Test func `NaN is null`() {
        #expect(Dialect.duckDB.literal(Double.nan) == "NULL")
    }
}
