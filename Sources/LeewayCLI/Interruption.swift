@preconcurrency import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ctrl-C and a polite kill: the first one asks the work to stop, the second ends the process at once.
final class Interruption: Sendable {
    private let sources: [any DispatchSourceSignal]

    init(_ stop: @escaping @Sendable () -> Void) {
        // A queue of its own: nothing else can stand before a signal.
        let queue = DispatchQueue(label: "leeway.interruption", qos: .userInteractive)
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            let count = Counter()
            source.setEventHandler {
                if count.next() > 1 { _exit(ExitStatus.interrupted.rawValue) }
                stop()
            }
            source.resume()
            return source
        }
    }

    func end() {
        for source in sources { source.cancel() }
    }

    /// Touched on one serial source's handler only.
    private final class Counter: @unchecked Sendable {
        private var count = 0

        func next() -> Int {
            count += 1
            return count
        }
    }
}
