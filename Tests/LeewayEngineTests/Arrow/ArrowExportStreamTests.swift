import LeewayCore
import LeewayEngine
import Testing

@Suite struct ArrowExportStreamTests {
    @Test func `brings back what was written`() async throws {
        let session = try TestLibrary.session()
        let texts = ["", nil, "thirteen bytes", "🧭 \0 zero"]
        let columns = [
            ArrowExportColumn("i", .int32([1, -2, .min, .max])), ArrowExportColumn("l", .int64([1, -2, .min, .max])),
            ArrowExportColumn("d", .double([1.5, .nan, -.infinity, 0])),
            ArrowExportColumn("n", .double([1.5, .nan, 0, 0], nanIsNull: false)),
            ArrowExportColumn("b", .boolean([true, false, false, true])),
            ArrowExportColumn("t", .texts(texts)),
            ArrowExportColumn("c", .categorical(Categorical(texts))),
        ]
        try await session.ingest(table: "t", columns: columns, mode: .create)
        let table = try await session.table("SELECT * FROM t")
        #expect(table.columns[0] == .integers([1, -2, Int64(Int32.min), Int64(Int32.max)]))
        #expect(table.columns[1] == .integers([1, -2, .min, .max]))
        #expect(try table.numbers("d").description == "[1.5, nan, -inf, 0.0]")
        #expect(table.columns[4] == .integers([1, 0, 0, 1]))
        #expect(table.columns[5] == .texts(texts))
        #expect(table.columns[6] == .texts(texts))
        let nulls = try await session.table("SELECT count(*) - count(d) AS d, count(*) - count(n) AS n FROM t")
        #expect(nulls.columns == [.integers([1]), .integers([0])])
    }

    @Test func `writes more rows than one batch has`() async throws {
        let session = try TestLibrary.session()
        let numbers = (0..<300_000).map { Int64($0) }
        let columns = [
            ArrowExportColumn("i", .int64(numbers)), ArrowExportColumn("b", .boolean(numbers.map { $0 % 3 == 0 })),
            ArrowExportColumn("t", .texts(numbers.map { $0 % 5 == 0 ? nil : "row \($0)" })),
        ]
        try await session.ingest(table: "t", columns: columns, mode: .create)
        let table = try await session.table(
            """
            SELECT count(*) AS rows, sum(i) AS total, count_if(b = (i % 3 = 0)) AS flags,
              count_if(t IS NOT DISTINCT FROM CASE WHEN i % 5 = 0 THEN NULL ELSE 'row ' || i END) AS texts FROM t
            """)
        let total = Int64(300_000) * 299_999 / 2
        #expect(
            table.columns == [.integers([300_000]), .integers([total]), .integers([300_000]), .integers([300_000])])
    }

    @Test func `writes no rows into a table of the right columns`() async throws {
        let session = try TestLibrary.session()
        try await session.ingest(table: "t", columns: [ArrowExportColumn("a", .double([]))], mode: .create)
        let table = try await session.table("SELECT * FROM t")
        #expect(table.rowCount == 0)
        #expect(table.fields.map(\.type) == [.float64])
    }

    @Test func `creates, appends and replaces`() async throws {
        let session = try TestLibrary.session()
        let columns = [ArrowExportColumn("a", .int32([1, 2]))]
        let count = "SELECT count(*) AS n FROM t"
        try await session.ingest(table: "t", columns: columns, mode: .create)
        await expectError(.engineFailed) { try await session.ingest(table: "t", columns: columns, mode: .create) }
        try await session.ingest(table: "t", columns: columns, mode: .append)
        #expect(try await session.table(count).integers("n") == [4])
        try await session.ingest(table: "t", columns: columns, mode: .createOrAppend)
        #expect(try await session.table(count).integers("n") == [6])
        try await session.ingest(table: "t", columns: columns, mode: .replace)
        #expect(try await session.table(count).integers("n") == [2])
    }

    @Test func `refuses columns that make no table`() async throws {
        let session = try TestLibrary.session()
        let odd = [ArrowExportColumn("a", .int32([1, 2])), ArrowExportColumn("b", .int32([1]))]
        let error = await expectError(.malformedDataset) {
            try await session.ingest(table: "t", columns: odd, mode: .create)
        }
        #expect(error?.message == "Column 'b' has 1 rows where 'a' has 2.")
        let twice = [ArrowExportColumn("a", .int32([1])), ArrowExportColumn("a", .int32([1]))]
        await expectError(.malformedDataset) { try await session.ingest(table: "t", columns: twice, mode: .create) }
        await expectError(.malformedDataset) { try await session.ingest(table: "t", columns: [], mode: .create) }
    }

    @Test func `leaves the table as it was where rows do not fit`() async throws {
        let session = try TestLibrary.session()
        try await session.execute("CREATE TABLE t (a INTEGER CHECK (a < 5))")
        try await session.ingest(table: "t", columns: [ArrowExportColumn("a", .int32([1]))], mode: .append)
        await expectError(.engineFailed) {
            try await session.ingest(table: "t", columns: [ArrowExportColumn("a", .int32([2, 9]))], mode: .append)
        }
        #expect(try await session.table("SELECT a FROM t").integers("a") == [1])
    }
}
