import LeewayCore
import LeewayEngine
import Testing

@Suite struct ResultTableTests {
    @Test func `keeps each kind of value`() async throws {
        let table = try await TestLibrary.session().table(
            "SELECT * FROM (VALUES (1, 1.5, 'a', true), (NULL, NULL, NULL, NULL)) AS t(i, x, t, b)")
        #expect(table.rowCount == 2)
        #expect(try table.integers("i") == [1, nil])
        #expect(try table.integers("b") == [1, nil])
        #expect(try table.texts("t") == ["a", nil])
        #expect(try table.numbers("x").first == 1.5)
        #expect(try table.numbers("i").last?.isNaN == true)
    }

    @Test func `says what it lacks`() async throws {
        let table = try await TestLibrary.session().table("SELECT 1.5 AS x, 'a' AS t")
        let missing = await expectError(.missingColumn) { _ = try table.numbers("y") }
        #expect(missing?.description == "missing_column: The result has no column 'y'. Columns: x, t.")
        let kind = await expectError(.wrongColumnKind) { _ = try table.integers("x") }
        #expect(kind?.message == "Column 'x' of the result holds no whole numbers.")
        await expectError(.wrongColumnKind) { _ = try table.numbers("t") }
        await expectError(.wrongColumnKind) { _ = try table.texts("x") }
    }
}
