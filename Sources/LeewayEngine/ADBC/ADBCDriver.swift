import CADBC
package import LeewayCore

/// A driver's table of functions, filled once and never changed; every call goes through `call`.
package final class ADBCDriver: @unchecked Sendable {  // Immutable after its initialiser.
    /// The library that the driver came from.
    package let library: NativeLibrary
    let table: AdbcDriver
    private let handle: NativeHandle<AdbcDriver>

    /// Loads the driver behind an entry point such as `duckdb_adbc_init`.
    ///
    /// - Throws: `missingLibrary`; `engineFailed` where the driver does not speak ADBC 1.1.
    package init(library: NativeLibrary, entry: String) throws(LeewayError) {
        let entry = try library.symbol(entry)
        handle = try NativeHandle(
            AdbcDriver(),
            make: { table throws(LeewayError) in
                try DriverFailure.check("DriverInit") { cadbc_driver_init(entry, ADBC_VERSION_1_1_0, table, $0) }
            },
            release: { _ = $0.pointee.release?($0, nil) })
        self.library = library
        // The table is the driver's only before this line, so a copy of its functions stays true.
        table = handle.raw.pointee
    }

    /// Calls one function of the table.
    ///
    /// - Throws: What the driver reports; `engineFailed` where the driver has no such function, so that the body is nil.
    func call(
        _ function: String, _ body: (UnsafeMutablePointer<AdbcError>) -> AdbcStatusCode?
    ) throws(LeewayError) {
        try DriverFailure.check(function, driver: handle.raw, body)
    }
}
