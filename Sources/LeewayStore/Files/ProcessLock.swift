package import LeewayCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Held by the one process that does a thing on a file or folder, such as tidying up a log; gone with the process at the latest.
package final class ProcessLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock of a file or folder; nil where another process has it.
    ///
    /// With `isCreated`, an empty file is made where there is none.
    /// - Throws: `fileNotFound`, `fileNotAccessible`, `diskFull`.
    package init?(on path: String, isCreated: Bool = false) throws(LeewayError) {
        let descriptor = isCreated ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileSystem.failure(isCreated ? "write" : "read", path) }
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
