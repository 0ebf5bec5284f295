import LeewayCore
import LeewayEngine
import Testing

@testable import LeewayWorkflow

@Suite struct DatasetBuilderTests {
    private static func build(_ query: String, _ roles: [DatasetBuilder.Role]) async throws -> DatasetBuilder {
        let names = (0..<roles.count).map { "c\($0)" }
        return try await Ingestion().engine.query(
            query, into: { _ in DatasetBuilder(names: names, roles: roles, rowCount: 0) },
            { builder, batch in try builder.add(batch) })
    }

    @Test func `batches become columns, whatever their number`() async throws {
        let builder = try await Self.build(
            "SELECT i, CASE WHEN i % 5 = 0 THEN NULL ELSE 'k' || (i % 7) END, i FROM range(10000) t(i)",
            [.number, .category, .passing])
        let data = try builder.dataset()
        #expect(data.columns.map(\.name) == ["c0", "c1"])
        #expect(try data.column("c0") == (0..<10_000).map { Double($0) })
        let texts = try data.categorical("c1")
        #expect((0..<10_000).allSatisfy { texts[$0] == ($0 % 5 == 0 ? nil : "k\($0 % 7)") })
        #expect(texts.categories.count == 7)
        #expect(Set(builder.rowHashes.map(\.first)).count == 10_000)
    }

    @Test func `a column that is not kept counts in the hash as one that is`() async throws {
        let query = "SELECT i % 3, 't' || (i % 2) FROM range(12) t(i)"
        let kept = try await Self.build(query, [.number, .category])
        let passing = try await Self.build(query, [.passing, .passing])
        #expect(passing.rowHashes == kept.rowHashes)
        #expect(try passing.dataset().columns.isEmpty)
        #expect(Set(kept.rowHashes.map(\.first)).count == 6)
    }

    @Test func `numbers hash by their value, not by their type`() async throws {
        let whole = try await Self.build("SELECT 7::TINYINT, NULL::INTEGER", [.number, .number])
        let double = try await Self.build("SELECT 7::DOUBLE, 'nan'::DOUBLE", [.number, .number])
        #expect(whole.rowHashes == double.rowHashes)
    }

    @Test func `no rows make empty columns`() async throws {
        let builder = try await Self.build("SELECT 1, 'a' WHERE false", [.number, .category])
        let data = try builder.dataset()
        #expect(data.rowCount == 0 && data.columns.count == 2)
    }
}
