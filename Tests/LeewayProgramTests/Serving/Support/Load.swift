import Foundation
import Synchronization

/// Several clients at once, each on a thread of its own, until they are told to stop.
final class Load: Sendable {
    /// One of the clients.
    struct Client: Sendable {
        let number: Int
        private let load: Load

        fileprivate init(number: Int, load: Load) { (self.number, self.load) = (number, load) }

        /// Whether it is to go on.
        var goesOn: Bool { !load.isStopped.isOpen }
    }

    private let isStopped = Latch()
    private let ends: [Latch]

    /// Starts the clients; each works until `goesOn` is false, or it has nothing more to do.
    init(clients: Int, _ work: @escaping @Sendable (Client) -> Void) {
        ends = (0..<clients).map { _ in Latch() }
        for (number, end) in ends.enumerated() {
            Thread.detachNewThread { [self] in
                work(Client(number: number, load: self))
                end.open()
            }
        }
    }

    deinit { isStopped.open() }

    /// Tells the clients to stop, and waits until they have.
    func stop() async {
        isStopped.open()
        await wait()
    }

    /// Waits until all clients have nothing more to do.
    func wait() async { for end in ends { await end.wait() } }
}

/// What the clients of a load have found.
final class Findings<Element: Sendable>: Sendable {
    private let state = Mutex<[Element]>([])

    var all: [Element] { state.withLock { $0 } }
    var count: Int { state.withLock { $0.count } }

    func add(_ elements: some Sequence<Element>) {
        let elements = Array(elements)
        state.withLock { $0 += elements }
    }
    func add(_ element: Element) { add([element]) }
}
