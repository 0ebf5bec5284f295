import Dispatch
package import LeewayCore

/// Runs what may wait for a disk or for another process's lock, one after the other on a thread apart: the threads that
/// answer requests never wait for it.
package final class BlockingWork: Sendable {
    private let queue: DispatchQueue

    /// Names the thread, for debuggers.
    package init(_ name: String) { queue = DispatchQueue(label: "leeway.\(name)") }

    /// Waits its turn, then runs `work`.
    ///
    /// - Throws: what `work` throws.
    package func run<R: Sendable>(
        _ work: @escaping @Sendable () throws(LeewayError) -> R
    ) async throws(LeewayError) -> R {
        let result: Result<R, LeewayError> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result { () throws(LeewayError) in try work() }) }
        }
        return try result.get()
    }
}
