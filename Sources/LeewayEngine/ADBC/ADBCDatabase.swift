import CADBC
package import LeewayCore

/// What connections share: for an embedded engine the database itself, for a server its address.
package struct ADBCDatabase: ~Copyable, Sendable {
    let driver: ADBCDriver
    let handle: NativeHandle<AdbcDatabase>

    /// Opens a database with the driver's options, such as `threads`.
    ///
    /// - Throws: What the driver reports.
    package init(_ driver: ADBCDriver, options: KeyValuePairs<String, String> = [:]) throws(LeewayError) {
        let table = driver.table
        let handle = try NativeHandle(
            AdbcDatabase(), parent: driver,
            make: { raw throws(LeewayError) in try driver.call("DatabaseNew") { table.DatabaseNew?(raw, $0) } },
            release: { _ = driver.table.DatabaseRelease?($0, nil) })
        for (key, value) in options {
            try driver.call("DatabaseSetOption") { table.DatabaseSetOption?(handle.raw, key, value, $0) }
        }
        try driver.call("DatabaseInit") { table.DatabaseInit?(handle.raw, $0) }
        (self.driver, self.handle) = (driver, handle)
    }
}
