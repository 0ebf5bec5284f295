import CADBC

/// Stops what a connection runs: the one call that ADBC allows while the connection is busy on another thread.
package struct ADBCCanceller: Sendable {
    let driver: ADBCDriver
    let handle: NativeHandle<AdbcConnection>

    /// Asks the driver to stop; nothing happens where nothing runs.
    package func cancel() {
        // A driver that can't cancel leaves the query running to its end: there is nobody to tell.
        try? driver.call("ConnectionCancel") { driver.table.ConnectionCancel?(handle.raw, $0) }
    }
}
