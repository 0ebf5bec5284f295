import LeewayCore
import LeewayEngine
import Testing

@Suite struct ADBCConnectionTests {
    private func driver() throws -> ADBCDriver {
        try ADBCDriver(library: NativeLibrary(.duckDB, search: TestLibrary.search), entry: "duckdb_adbc_init")
    }

    @Test func `a result outlives its connection, a batch its result`() throws {
        func stream() throws -> ArrowStream {
            var connection = try ADBCConnection(ADBCDatabase(driver()))
            return try connection.query("SELECT range AS i, 'text number ' || range AS t FROM range(5000)")
        }
        func batch() throws -> ArrowBatch? {
            var stream = try stream()
            return try stream.next()
        }
        let optional = try batch()
        guard let rows = consume optional else {
            Issue.record("There is no batch.")
            return
        }
        #expect(try rows.withTexts(of: 1) { $0.last?.string } == "text number \(rows.rowCount - 1)")
    }

    @Test func `two results of one connection are read in turns`() throws {
        var connection = try ADBCConnection(ADBCDatabase(driver()))
        var one = try connection.query("SELECT range AS i FROM range(10000)")
        var two = try connection.query("SELECT range AS i FROM range(10000)")
        var rows = 0
        while let first = try one.next(), let second = try two.next() { rows += first.rowCount + second.rowCount }
        #expect(rows == 20_000)
    }

    @Test func `a database that can't be opened says why`() async throws {
        let driver = try driver()
        let error = await expectError(.fileNotAccessible) {
            _ = try ADBCDatabase(driver, options: ["path": "/nowhere/at all.db"])
        }
        #expect(error?.message.contains("/nowhere/at all.db") == true)
    }

    @Test func `an option that does not exist is refused`() async throws {
        var connection = try ADBCConnection(ADBCDatabase(driver()))
        var statement = try connection.statement()
        do {
            try statement.setOption("adbc.no such option", "1")
            Issue.record("The option was taken.")
        } catch {
            #expect(error.code == .engineFailed)
        }
    }

    @Test func `an order to stop that comes when nothing runs does no harm`() throws {
        var connection = try ADBCConnection(ADBCDatabase(driver()))
        connection.canceller.cancel()
        try connection.execute("SELECT 1")
    }
}
