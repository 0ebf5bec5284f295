import LeewayCore
import Testing

@testable import LeewayEngine

/// Messages of DuckDB 2.0 and 1.5 as they come, and of other engines as they are documented.
@Suite struct EngineMessageTests {
    private static let quoting: [(sql: String, message: String)] = [
        ("'sec''ret'::INTEGER", "Conversion Error: Could not convert string … to INT32"),
        ("'sec\nret'::INTEGER", "Conversion Error: Could not convert string … to INT32"),
        ("'secret'::DATE", "Conversion Error: invalid date field format: …"),
        ("'secret'::TIMESTAMP", "Conversion Error: invalid timestamp field format: …"),
        ("'secret'::DECIMAL(4,2)", "Conversion Error: Could not convert string … to DECIMAL"),
        ("'secret'::ENUM('go to secret', 'b')", "Conversion Error: Could not convert string …"),
        ("'to secret'::UUID", "Conversion Error: Could not convert string …"),
        ("'{secret'::JSON", "Conversion Error: Malformed JSON at byte 1 of input: unexpected character.  Input: …"),
        ("strptime('secret', '%Y')", "Invalid Input Error: Could not parse string …"),
        (
            "4711::TINYINT",
            "Conversion Error: Type INT32 with value … can't be cast because the value is out of range for the "
                + "destination type INT8"
        ),
        ("4711.25::DECIMAL(4,2)", "Conversion Error: Casting value … to DECIMAL"),
        ("9223372036854774711 + range FROM range(10000)", "Out of Range Error: Overflow in addition of INT64 (… + …)!"),
        ("make_date(4711, 13, 1)", "Conversion Error: Date out of range: …"),
    ]

    @Test(arguments: quoting)
    func `drops the value that DuckDB quotes`(sql: String, message: String) async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.engineFailed) { try await session.execute("SELECT " + sql) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "no error")")
        #expect(error?.description.contains("secret") == false)
        #expect(error?.description.contains("4711") == false)
    }

    @Test func `drops the key that stands twice`() async throws {
        let session = try TestLibrary.session()
        try await session.execute("CREATE TABLE t (a VARCHAR PRIMARY KEY)")
        let error = await expectError(.engineFailed) {
            try await session.execute("INSERT INTO t VALUES ('secret'), ('secret')")
        }
        #expect(error?.message == "Constraint Error: PRIMARY KEY or UNIQUE constraint violation: duplicate key ….")
    }

    private static let naming: [(sql: String, message: String)] = [
        (
            "SELECT nope FROM range(3)",
            "Binder Error: Referenced column \"nope\" not found in FROM clause! Candidate bindings: \"range\"."
        ),
        (
            "SELECT\n1,\nnope FROM range(3)",
            "Binder Error: Referenced column \"nope\" not found in FROM clause! Candidate bindings: \"range\" "
                + "(line 3 of the query)."
        ),
        (
            "SELECT sum(v) FROM (SELECT 'a' AS v)",
            "Binder Error: No function matches the given name and argument types 'sum(VARCHAR)'. "
                + "You might need to add explicit type casts."
        ),
        (
            "SELECT * FROM 's3://bucket/a.csv'",
            "Missing Extension Error: File s3://bucket/a.csv requires the extension httpfs to be loaded."
        ),
    ]

    @Test(arguments: naming)
    func `keeps the names of a mistake in the query`(sql: String, message: String) async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.engineFailed) { try await session.execute(sql) }
        #expect(error?.message == message)
    }

    @Test func `keeps the pattern that no file matches`() async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.fileNotFound) {
            try await session.execute("SELECT * FROM read_csv('/no/such.csv')")
        }
        #expect(error?.message == "IO Error: No files found that match the pattern \"/no/such.csv\".")
    }

    private static let foreign: [(message: String, sqlState: String, expected: String)] = [
        (
            "[CAST_INVALID_INPUT] The value 'secret' of the type \"STRING\" cannot be cast to \"BIGINT\". SQLSTATE: 22018",
            "",
            "[CAST_INVALID_INPUT] The value … to BIGINT"
        ),
        (
            "invalid input syntax for type integer: \"secret\"", "22P02",
            "invalid input syntax for type integer: …"
        ),
        (
            "[TABLE_OR_VIEW_NOT_FOUND] The table or view `t` cannot be found. SQLSTATE: 42P01", "",
            "[TABLE_OR_VIEW_NOT_FOUND] The table or view `t` cannot be found. SQLSTATE: 42P01"
        ),
        ("connection refused: 127.0.0.1:15002", "", "connection refused: 127.0.0.1:15002"),
    ]

    @Test(arguments: foreign)
    func `drops the value that another engine quotes`(message: String, sqlState: String, expected: String) {
        #expect(EngineMessage.redacting(message, sqlState: sqlState) == expected)
    }

    @Test func `unwraps an error that carries another as JSON`() {
        let message = """
            IO Error: Async write failed for range [offset=0, size=5]: {"exception_type":"IO","exception_message":\
            "Could not write file \\"/dev/full\\": No space left on device","errno":"28"}
            """
        let expected = "IO Error: Could not write file \"/dev/full\": No space left on device"
        #expect(EngineMessage.redacting(message) == expected)
    }
}
