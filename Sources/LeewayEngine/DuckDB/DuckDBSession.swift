import LeewayCore
import Synchronization

/// DuckDB inside this process, over a database in memory: the default engine.
///
/// Queries run one after another, on a thread of the session's own, with all the cores that the settings allow. To run
/// two at a time, ask for the `second` session.
package actor DuckDBSession: Engine {
    package nonisolated var dialect: Dialect { .duckDB }
    /// DuckDB's version, such as `v2.0.0`.
    package nonisolated let version: String
    /// The file that DuckDB was loaded from.
    package nonisolated let libraryPath: String
    /// The thread that the session blocks.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private nonisolated let executor: any SerialExecutor
    private nonisolated let canceller: ADBCCanceller
    private nonisolated let database: SharedDatabase
    private nonisolated let sibling = Mutex<DuckDBSession?>(nil)
    private var connection: ADBCConnection

    /// A database that several connections share.
    private final class SharedDatabase: Sendable {
        let database: ADBCDatabase

        init(_ driver: ADBCDriver) throws(LeewayError) { database = try ADBCDatabase(driver) }
    }

    /// Loads DuckDB and opens an empty database in memory.
    ///
    /// Extensions are neither fetched nor loaded by themselves: a query never reaches for the network on its own.
    /// - Parameters:
    ///   - search: Where to look for the library.
    ///   - threads: How many threads it may use; nil for all cores.
    ///   - memoryLimit: What it may hold before it spills, such as `4GB`; nil for four fifths of the memory.
    ///   - tempDirectory: The folder it spills to; nil for `.tmp` in the current one.
    ///   - executor: What the session blocks instead of a queue of its own; it must run one job at a time.
    /// - Throws: `missingLibrary`; `invalidSetting` where DuckDB does not take one.
    package init(
        search: LibrarySearch = LibrarySearch(), threads: Int? = nil, memoryLimit: String? = nil,
        tempDirectory: String? = nil, executor: (any SerialExecutor)? = nil
    ) throws {
        self.executor = executor ?? Self.ownQueue()
        let entry = "duckdb_adbc_init"
        let driver = try ADBCDriver(library: NativeLibrary(.duckDB, search: search), entry: entry)
        let database = try SharedDatabase(driver)
        var connection = try ADBCConnection(database.database)
        var settings = [
            "autoinstall_known_extensions = false", "autoload_known_extensions = false",
            "preserve_insertion_order = true",
        ]
        if let threads { settings.append("threads = \(threads)") }
        if let memoryLimit { settings.append("memory_limit = \(Dialect.duckDB.literal(memoryLimit))") }
        if let tempDirectory { settings.append("temp_directory = \(Dialect.duckDB.literal(tempDirectory))") }
        for setting in settings {
            do {
                try connection.execute("SET " + setting)
            } catch {
                throw LeewayError(.invalidSetting, "DuckDB refuses \(setting): \(error.message)", hint: error.hint)
            }
        }
        // Older ones know not all of these, and do without.
        for setting in Self.wishes { try? connection.execute("SET " + setting) }
        libraryPath = try driver.library.path(holding: entry)
        version = try Self.table("SELECT version() AS v", &connection).texts("v").compactMap { $0 }.first ?? ""
        canceller = connection.canceller
        self.database = database
        self.connection = connection
    }

    private static let wishes = [
        // The system caches files already; what DuckDB keeps of them besides grows with the file.
        "enable_external_file_cache = false", "disable_parquet_prefetching = true",
        // It has the CSV reader cast where a query asks it to try, and one bad cell ends the query.
        "disabled_optimizers = 'type_pushdown'",
        // With such threads, a Parquet file that is being written when the query is cancelled waits for itself for ever (2.0.0).
        "async_threads = 0",
    ]

    private init(beside other: DuckDBSession) throws(LeewayError) {
        let connection = try ADBCConnection(other.database.database)
        (version, libraryPath, database) = (other.version, other.libraryPath, other.database)
        canceller = connection.canceller
        executor = Self.ownQueue()
        self.connection = connection
    }

    private static func ownQueue() -> QueueExecutor { QueueExecutor(label: "leeway.duckdb") }

    package nonisolated func second() throws -> any Engine {
        try sibling.withLock { sibling in
            if let sibling { return sibling }
            let session = try DuckDBSession(beside: self)
            sibling = session
            return session
        }
    }

    package func execute(_ sql: String) async throws {
        try await cancellable { connection in try connection.execute(sql) }
    }

    package func query<Result: Sendable>(
        _ sql: String, into start: @escaping @Sendable ([ArrowField]) throws -> Result,
        _ add: @escaping @Sendable (inout Result, borrowing ArrowBatch) throws -> Void
    ) async throws -> Result {
        try await cancellable { connection in
            var stream = try connection.query(sql)
            var result = try start(stream.fields)
            while let batch = try stream.next() {
                try add(&result, batch)
                guard !Task.isCancelled else { throw Self.interrupted }
            }
            return result
        }
    }

    package func ingest(table: String, columns: [ArrowExportColumn], mode: IngestMode) async throws {
        do {
            try await cancellable { connection in
                let stream = try ArrowExportStream(columns)
                let expected = stream.rowCount + (mode.keepsRows ? Self.rowCount(of: table, &connection) ?? 0 : 0)
                try connection.execute("BEGIN TRANSACTION")
                try connection.ingest(stream, into: table, mode: mode)
                // DuckDB 1.5 reports rows as written that a constraint then refused, and no error.
                guard Self.rowCount(of: table, &connection) == expected else {
                    throw LeewayError(.engineFailed, "DuckDB did not write all rows to the table '\(table)'.")
                }
                try connection.execute("COMMIT")
            }
        } catch {
            // Out of reach of an order to cancel. The first error is the one that says what happened.
            try? connection.execute("ROLLBACK")
            throw error
        }
    }

    private func cancellable<Result>(_ body: (inout ADBCConnection) throws -> Result) async throws -> Result {
        guard !Task.isCancelled else { throw Self.interrupted }
        let cancellation = QueryCancellation(canceller)
        return try await withTaskCancellationHandler {
            defer { cancellation.finish() }
            do {
                return try body(&connection)
            } catch {
                // Whatever a query says that was stopped, it says because it was stopped.
                throw Task.isCancelled ? Self.interrupted : error
            }
        } onCancel: {
            cancellation.cancel()
        }
    }

    private static func table(_ sql: String, _ connection: inout ADBCConnection) throws -> ResultTable {
        var stream = try connection.query(sql)
        var table = ResultTable(fields: stream.fields)
        while let batch = try stream.next() { try table.append(batch) }
        return table
    }

    /// How many rows a table has, or nil where there is no such table.
    private static func rowCount(of name: String, _ connection: inout ADBCConnection) -> Int? {
        let counted = try? table("SELECT count(*) AS n FROM \(Dialect.duckDB.identifier(name))", &connection)
        return (try? counted?.integers("n").first).flatMap { $0 }.map { Int($0) }
    }

    private static let interrupted = LeewayError(.interrupted, "The query was cancelled.")
}
