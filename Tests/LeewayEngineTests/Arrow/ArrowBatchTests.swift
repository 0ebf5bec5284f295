import LeewayCore
import LeewayEngine
import Testing

@Suite struct ArrowBatchTests {
    @Test func `gives the columns of an empty result`() async throws {
        let session = try TestLibrary.session()
        let names = try await session.query(
            "SELECT 1 AS a, 'x' AS b WHERE false", into: { $0.map(\.name) }, { _, _ in Issue.record("A batch came.") })
        #expect(names == ["a", "b"])
    }

    @Test func `reads more rows than one batch has, in order`() async throws {
        let session = try TestLibrary.session()
        let sql = """
            SELECT range AS i, CASE WHEN range % 3 = 0 THEN NULL ELSE range / 2 END AS x, 'row ' || range AS s
            FROM range(10000)
            """
        struct Rows: Sendable {
            var batches = 0
            var integers: [Int64?] = []
            var numbers: [Double] = []
            var texts: [String?] = []
        }
        let rows = try await session.query(sql, initial: Rows()) { rows, batch in
            rows.batches += 1
            try batch.appendIntegers(of: 0, to: &rows.integers)
            try batch.appendNumbers(of: 1, to: &rows.numbers)
            try batch.withTexts(of: 2) { texts in rows.texts += texts.map(\.string) }
        }
        #expect(rows.batches > 1)
        #expect(rows.integers == (0..<10_000).map { Int64($0) })
        #expect(rows.texts == (0..<10_000).map { "row \($0)" })
        for (row, number) in rows.numbers.enumerated() where row % 3 == 0 ? !number.isNaN : number != Double(row) / 2 {
            Issue.record("Row \(row) is \(number).")
        }
    }

    @Test func `lends numbers where they lie`() async throws {
        let session = try TestLibrary.session()
        let sum = try await session.query(
            "SELECT CASE WHEN range = 7 THEN NULL ELSE range END AS v FROM range(5000)", initial: Int64(0)
        ) { sum, batch in
            try batch.withValues(of: 0, as: Int64.self) { values, validity in
                #expect(validity.hasNulls || values.first != 0)
                for row in values.indices where validity[row] { sum += values[row] }
            }
        }
        #expect(sum == 4999 * 5000 / 2 - 7)
    }

    @Test func `lends no numbers of another type`() async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.wrongColumnKind) {
            _ = try await session.query("SELECT 1::INTEGER AS v", initial: 0) { _, batch in
                try batch.withValues(of: 0, as: Int64.self) { _, _ in }
            }
        }
        #expect(error?.message == "Column 'v' holds int32 where Int64 is read.")
    }

    @Test(arguments: ["18446744073709551615::UBIGINT", "9223372036854775808::HUGEINT"])
    func `refuses whole numbers of more than 64 bits where all digits count`(sql: String) async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.wrongColumnKind) { _ = try await session.table("SELECT \(sql) AS v") }
        #expect(error?.message == "Column 'v' holds a whole number of more than 64 bits.")
        #expect(error?.hint == "Cast it to DOUBLE in the query.")
    }

    @Test func `reads whole numbers of up to 64 bits exactly`() async throws {
        let table = try await TestLibrary.session().table(
            """
            SELECT 9007199254740993::BIGINT AS a, sum(9223372036854775807::BIGINT) AS b,
              '-9223372036854775808'::HUGEINT AS c
            """)
        #expect(table.columns == [.integers([9_007_199_254_740_993]), .integers([.max]), .integers([.min])])
    }
}
