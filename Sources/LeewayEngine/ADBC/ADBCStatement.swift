import CADBC
package import LeewayCore

/// One query with its options and its input; lives no longer than needed to start it.
package struct ADBCStatement: ~Copyable {
    private let driver: ADBCDriver
    private let handle: NativeHandle<AdbcStatement>

    init(_ connection: borrowing ADBCConnection) throws(LeewayError) {
        let (driver, parent) = (connection.driver, connection.handle)
        handle = try NativeHandle(
            AdbcStatement(), parent: parent,
            make: { raw throws(LeewayError) in
                try driver.call("StatementNew") { driver.table.StatementNew?(parent.raw, raw, $0) }
            },
            release: { _ = driver.table.StatementRelease?($0, nil) })
        self.driver = driver
    }

    /// Sets the query's text.
    ///
    /// - Throws: What the driver reports; `engineFailed` for a zero character, which would end the text early.
    package mutating func setSQL(_ sql: String) throws(LeewayError) {
        guard !sql.utf8.contains(0) else {
            throw LeewayError(.engineFailed, "The query's text holds a zero character.")
        }
        try driver.call("StatementSetSqlQuery") { driver.table.StatementSetSqlQuery?(handle.raw, sql, $0) }
    }

    /// Sets an option, such as `adbc.ingest.target_table`.
    ///
    /// - Throws: What the driver reports.
    package mutating func setOption(_ key: String, _ value: String) throws(LeewayError) {
        try driver.call("StatementSetOption") { driver.table.StatementSetOption?(handle.raw, key, value, $0) }
    }

    /// Gives the statement rows to work on; it takes the stream over.
    ///
    /// - Throws: What the driver reports.
    package mutating func bind(_ stream: consuming ArrowExportStream) throws(LeewayError) {
        let raw = stream.raw
        try driver.call("StatementBindStream") { driver.table.StatementBindStream?(handle.raw, raw, $0) }
    }

    /// Starts the query and hands out its rows, of which the first may not be there yet.
    ///
    /// - Throws: What the driver reports; `unsupportedType` and `malformedArrow` for the result's columns.
    package mutating func executeQuery() throws(LeewayError) -> ArrowStream {
        try ArrowStream(execute())
    }

    /// Runs the query to its end and drops its rows.
    ///
    /// - Throws: What the driver reports, be it with the last row.
    package mutating func executeToEnd() throws(LeewayError) {
        var stream = try execute()
        // A query that nobody reads from may never run.
        while var array = try stream.next() { array.release?(&array) }
    }

    private mutating func execute() throws(LeewayError) -> NativeStream {
        var raw = ArrowArrayStream()
        try driver.call("StatementExecuteQuery") { driver.table.StatementExecuteQuery?(handle.raw, &raw, nil, $0) }
        return try NativeStream(taking: raw, from: handle, driver: driver.table)
    }

    /// Runs a statement that takes rows in, to its end.
    ///
    /// - Returns: The count of rows it changed, or nil where the driver does not tell.
    /// - Throws: What the driver reports.
    @discardableResult
    package mutating func executeUpdate() throws(LeewayError) -> Int? {
        var affected: Int64 = -1
        try driver.call("StatementExecuteQuery") {
            driver.table.StatementExecuteQuery?(handle.raw, nil, &affected, $0)
        }
        return affected < 0 ? nil : Int(affected)
    }
}
