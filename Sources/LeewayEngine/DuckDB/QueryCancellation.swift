import Dispatch
import Synchronization

/// Stops one query when its task is cancelled, however early or late the order comes.
///
/// An engine forgets an order that comes before the query has started, so it is repeated until the query is over;
/// once it is over no order reaches the connection, which may run the next query by then.
final class QueryCancellation: Sendable {
    private let canceller: ADBCCanceller
    private let isOver = Mutex(false)

    init(_ canceller: ADBCCanceller) { self.canceller = canceller }

    /// Orders the query to stop, now and every 20 ms until it has.
    func cancel() {
        let again = isOver.withLock { isOver in
            if !isOver { canceller.cancel() }
            return !isOver
        }
        guard again else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { self.cancel() }
    }

    /// Takes note that the query is over.
    func finish() { isOver.withLock { $0 = true } }
}
