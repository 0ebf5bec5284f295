internal import Dispatch
internal import Synchronization

/// Shares numbered pieces of work among threads.
struct Workers {
    /// How many threads there may be.
    let count: Int

    /// Calls `body` once for each piece, in no particular order, and returns when all are done.
    ///
    /// Results do not depend on the number of threads as long as each piece writes to places of its own.
    func share(_ pieces: Int, _ body: @Sendable (Int) -> Void) {
        guard count > 1, pieces > 1 else {
            for piece in 0..<pieces { body(piece) }
            return
        }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(count, pieces)) { _ in
            while true {
                let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard piece < pieces else { return }
                body(piece)
            }
        }
    }
}
