import CADBC
package import LeewayCore

/// One session with a database: used by one owner at a time, cancelled from anywhere.
package struct ADBCConnection: ~Copyable {
    let driver: ADBCDriver
    let handle: NativeHandle<AdbcConnection>

    /// Connects; the database lives at least as long as the connection.
    ///
    /// - Throws: What the driver reports.
    package init(_ database: borrowing ADBCDatabase) throws(LeewayError) {
        let (driver, parent) = (database.driver, database.handle)
        let table = driver.table
        let handle = try NativeHandle(
            AdbcConnection(), parent: parent,
            make: { raw throws(LeewayError) in try driver.call("ConnectionNew") { table.ConnectionNew?(raw, $0) } },
            release: { _ = driver.table.ConnectionRelease?($0, nil) })
        try driver.call("ConnectionInit") { table.ConnectionInit?(handle.raw, parent.raw, $0) }
        (self.driver, self.handle) = (driver, handle)
    }

    /// A new statement.
    ///
    /// - Throws: What the driver reports.
    package mutating func statement() throws(LeewayError) -> ADBCStatement { try ADBCStatement(self) }

    /// Starts a query; its rows come as the stream is read, and so may its errors.
    ///
    /// - Throws: What the driver reports; `unsupportedType` and `malformedArrow` for the result's columns.
    package mutating func query(_ sql: String) throws(LeewayError) -> ArrowStream {
        var statement = try statement()
        try statement.setSQL(sql)
        return try statement.executeQuery()
    }

    /// Runs SQL to its end and drops its result, whatever its types.
    ///
    /// - Throws: What the driver reports.
    package mutating func execute(_ sql: String) throws(LeewayError) {
        var statement = try statement()
        try statement.setSQL(sql)
        try statement.executeToEnd()
    }

    /// A handle that stops what the connection runs, from any thread.
    package var canceller: ADBCCanceller { ADBCCanceller(driver: driver, handle: handle) }
}
