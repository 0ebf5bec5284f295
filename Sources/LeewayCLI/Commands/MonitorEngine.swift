import LeewayEngine
import Synchronization

/// The query engine of a monitor: opened when a check first needs it, then kept; tried again where it could not be opened.
final class MonitorEngine: Sendable {
    private let make: @Sendable () throws -> DuckDBSession
    private let opened = Mutex<DuckDBSession?>(nil)

    init(_ make: @escaping @Sendable () throws -> DuckDBSession) { self.make = make }

    func open() throws -> any Engine {
        try opened.withLock { opened in
            let session = try opened ?? make()
            opened = session
            return session
        }
    }
}
