package import LeewayCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Held by the one process that compacts or thins out a log; gone with the process at the latest.
package final class LogLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock; nil where another has it.
    ///
    /// - Throws: `fileNotFound` where there is no log yet, `fileNotAccessible`.
    package init?(of folder: LogFolder) throws(LeewayError) {
        let descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileSystem.failure("read", folder.path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Lets go of the lock.
    package func release() {
        descriptor.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }
}
