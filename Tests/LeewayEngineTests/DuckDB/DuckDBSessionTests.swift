import LeewayCore
import LeewayEngine
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct DuckDBSessionTests {
    /// Runs for hours if nobody stops it, without memory or disk.
    private static let endless =
        "SELECT count(*) AS n FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = -1"

    @Test func `says what it is`() throws {
        let session = try TestLibrary.session()
        #expect(session.version.hasPrefix("v"))
        #expect(session.libraryPath.hasSuffix(LibraryName.duckDB.file))
    }

    @Test func `takes its settings`() async throws {
        let folder = TestLibrary.path("it's")
        let session = try DuckDBSession(
            search: TestLibrary.search, threads: 1, memoryLimit: "100MB", tempDirectory: folder)
        let names = [
            "threads", "memory_limit", "temp_directory", "autoinstall_known_extensions", "autoload_known_extensions",
            "preserve_insertion_order",
        ]
        let settings = names.map { "current_setting('\($0)')::VARCHAR" }.joined(separator: ", ")
        let table = try await session.table("SELECT unnest([\(settings)]) AS v")
        #expect(try table.texts("v") == ["1", "95.3 MiB", folder, "false", "false", "true"])
    }

    @Test func `a cell that can't be cast where a query tries is null`() async throws {
        let session = try TestLibrary.session()
        let path = TestLibrary.path("cells.csv")
        defer { unlink(path) }
        try await session.execute("COPY (SELECT unnest(['1', 'none', '3']) AS a) TO '\(path)' (FORMAT csv)")
        let table = try await session.table(
            "SELECT TRY_CAST(a AS DOUBLE) AS a FROM read_csv('\(path)', columns = {'a': 'VARCHAR'}, header = true)")
        #expect(try table.numbers("a").map { $0.isNaN ? -1 : $0 } == [1, -1, 3])
    }

    @Test(.timeLimit(.minutes(10))) func `a Parquet file that is being written can be left`() async throws {
        let session = try TestLibrary.session()
        let path = TestLibrary.path("big.parquet")
        defer { unlink(path) }
        let write = Task {
            try await session.execute(
                """
                COPY (SELECT range AS i, hash(range)::VARCHAR AS s FROM range(1000000000))
                TO '\(path)' (FORMAT parquet, ROW_GROUP_SIZE 20480)
                """)
        }
        // It is being written once the file is there.
        while access(path, F_OK) != 0 { await Task.yield() }
        write.cancel()
        let error = await expectError(.interrupted) { try await write.value }
        #expect(error != nil)
    }

    @Test func `refuses a setting that makes no sense`() async {
        let error = await expectError(.invalidSetting) {
            _ = try DuckDBSession(search: TestLibrary.search, memoryLimit: "much")
        }
        #expect(error?.message.hasPrefix("DuckDB refuses memory_limit = 'much': ") == true)
    }

    @Test func `reads CSV, Parquet and JSON without extensions`() async throws {
        let session = try TestLibrary.session()
        for format in ["csv", "parquet", "json"] {
            let path = TestLibrary.path("a." + format)
            defer { unlink(path) }
            let file = Dialect.duckDB.literal(path)
            try await session.execute("COPY (SELECT range AS a FROM range(3)) TO \(file) (FORMAT \(format))")
            #expect(try await session.table("SELECT sum(a) AS s FROM \(file)").integers("s") == [3])
        }
    }

    @Test func `runs a query to its end even where nobody reads it`() async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.engineFailed) {
            try await session.execute("SET threads = 1")
            // Wide rows: DuckDB works some megabytes ahead of its reader.
            try await session.execute(
                "SELECT repeat('x', 100), CASE WHEN range = 900000 THEN error('late') END FROM range(1000000)")
        }
        #expect(error?.message == "Invalid Input Error: late.")
    }

    @Test func `reports an error that comes after many batches`() async throws {
        let session = try TestLibrary.session()
        try await session.execute("SET threads = 1")
        let sql = """
            SELECT (CASE WHEN range = 900000 THEN 'se''cret' ELSE range::VARCHAR END)::INTEGER AS v FROM range(1000000)
            """
        var stream = 0
        let error = await expectError(.engineFailed) {
            stream = try await session.query(sql, initial: 0) { rows, batch in rows += batch.rowCount }
        }
        #expect(stream == 0)
        #expect(error?.message == "Conversion Error: Could not convert string … to INT32.")
        #expect(try await session.table("SELECT 1 AS v").integers("v") == [1])
    }

    @Test func `reports a full disk`() async throws {
        let session = try TestLibrary.session()
        let error = await expectError(.diskFull) {
            try await session.execute("COPY (SELECT * FROM range(1000000)) TO '/dev/full' (FORMAT csv)")
        }
        #expect(error?.message.contains("No space left on device") == true)
        #expect(error?.hint == "Free space there, or choose another folder.")
    }

    @Test func `reports too little memory and stays usable`() async throws {
        let session = try TestLibrary.session()
        for setting in ["memory_limit = '30MB'", "max_temp_directory_size = '1MB'"] {
            try await session.execute("SET \(setting)")
        }
        let error = await expectError(.engineFailed) {
            try await session.execute(
                "CREATE TABLE t AS SELECT range AS a, hash(range) AS b FROM range(10000000) ORDER BY b")
        }
        #expect(error?.message.hasPrefix("Out of Memory Error") == true)
        #expect(error?.hint == "Raise the memory limit, or let the engine spill to a folder with more room.")
        #expect(try await session.table("SELECT 1 AS v").integers("v") == [1])
    }

    @Test(arguments: [0, 1, 50, 300])
    func `stops within a second when its task is cancelled, and stays usable`(milliseconds: Int) async throws {
        let session = try TestLibrary.session()
        let thread = OwnThread()
        let needed = try await Task(executorPreference: thread) {
            let query = Task(executorPreference: thread) { try await session.table(Self.endless) }
            if milliseconds > 0 { try await Task.sleep(for: .milliseconds(milliseconds)) }
            return await ContinuousClock().measure {
                query.cancel()
                let error = await expectError(.interrupted) { _ = try await query.value }
                #expect(error?.message == "The query was cancelled.")
            }
        }.value
        #expect(needed < .seconds(1))
        #expect(try await session.table("SELECT 42 AS v").integers("v") == [42])
    }

    @Test(.timeLimit(.minutes(1)))
    func `stops however early the order comes`() async throws {
        let session = try TestLibrary.session()
        let thread = OwnThread()
        for round in 0..<60 {
            try await Task(executorPreference: thread) {
                let query = Task(executorPreference: thread) { try await session.execute(Self.endless) }
                try await Task.sleep(for: .microseconds(round * 20))
                query.cancel()
                await expectError(.interrupted) { try await query.value }
            }.value
        }
    }

    @Test func `stops a result that is being read`() async throws {
        let session = try TestLibrary.session()
        let query = Task {
            try await session.query("SELECT * FROM range(1000000000000)", initial: 0) { rows, batch in
                rows += batch.rowCount
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        query.cancel()
        await expectError(.interrupted) { _ = try await query.value }
    }

    @Test func `leaves no order to stop behind for the next query`() async throws {
        let session = try TestLibrary.session()
        for round in 0..<100 {
            let query = Task { try await session.table("SELECT count(*) AS n FROM range(3000000)") }
            try await Task.sleep(for: .microseconds(round * 50))
            query.cancel()
            _ = try? await query.value
            #expect(try await session.table("SELECT count(*) AS n FROM range(100000)").integers("n") == [100_000])
        }
    }

    @Test func `stops writing and leaves no rows behind`() async throws {
        let session = try TestLibrary.session()
        try await session.execute("CREATE TABLE t (a BIGINT)")
        let columns = [ArrowExportColumn("a", .int64([Int64](repeating: 7, count: 20_000_000)))]
        let writing = Task { try await session.ingest(table: "t", columns: columns, mode: .append) }
        try await Task.sleep(for: .milliseconds(30))
        writing.cancel()
        await expectError(.interrupted) { try await writing.value }
        #expect(try await session.table("SELECT count(*) AS n FROM t").integers("n") == [0])
    }

    @Test func `two sessions work at the same time`() async throws {
        let (one, two) = (try TestLibrary.session(), try TestLibrary.session())
        async let first = one.table("SELECT sum(range) AS s FROM range(1000000)")
        async let second = two.table("SELECT sum(range) AS s FROM range(2000000)")
        #expect(try await first.integers("s") == [499_999_500_000])
        #expect(try await second.integers("s") == [1_999_999_000_000])
    }

    @Test func `a body's error ends the query`() async throws {
        let session = try TestLibrary.session()
        await expectError(.noUsableValues) {
            _ = try await session.query("SELECT * FROM range(100000)", initial: 0) { _, _ in
                throw LeewayError(.noUsableValues, "Enough.")
            }
        }
        #expect(try await session.table("SELECT 1 AS v").integers("v") == [1])
    }

    @Test func `refuses a query with a zero character`() async throws {
        let session = try TestLibrary.session()
        await expectError(.engineFailed) { try await session.execute("SELECT 1 \0 FROM nowhere") }
    }
}
