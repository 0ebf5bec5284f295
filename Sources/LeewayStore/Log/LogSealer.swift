import LeewayCore
import Synchronization

/// Seals segments on a thread of its own, one after the other; what can't be sealed now is tried again.
final class LogSealer: Sendable {
    private struct Work: Sendable {
        var waiting: [OpenSegment] = []
        var failure: LeewayError?
        var end: (@Sendable () -> Void)?
    }

    /// How long to wait after a failure, in milliseconds.
    private static let pause = 5000

    private let work = Mutex(Work())
    private let signal = LogSignal()
    private let onSeal: @Sendable (Segment) -> Void

    init(onSeal: @escaping @Sendable (Segment) -> Void) { self.onSeal = onSeal }

    /// How many segments wait, and why the last attempt failed.
    var state: (waiting: Int, failure: LeewayError?) { work.withLock { ($0.waiting.count, $0.failure) } }

    /// Takes over a segment that gets no more lines.
    func add(_ segment: OpenSegment) {
        work.withLock { $0.waiting.append(segment) }
        signal.raise()
    }

    /// Seals what waits, each segment once more if it failed before, then calls `then` and ends the thread.
    func end(_ then: @escaping @Sendable () -> Void) {
        work.withLock { $0.end = then }
        signal.raise()
    }

    /// What the thread does.
    func run() {
        while true {
            let hasFailed = sealAll()
            let (end, isDone) = work.withLock { ($0.end, $0.waiting.isEmpty) }
            if let end, isDone || hasFailed {
                for segment in work.withLock({ $0.waiting }) { segment.release() }
                end()
                return
            }
            if end == nil { signal.wait(milliseconds: hasFailed ? Self.pause : 3_600_000) }
        }
    }

    /// Whether one could not be sealed.
    private func sealAll() -> Bool {
        let segments = work.withLock { $0.waiting }
        var failure: LeewayError?
        for open in segments {
            do throws(LeewayError) {
                let sealed = try SegmentSeal(of: open.name, in: open.folder, descriptor: open.descriptor).seal()
                work.withLock { work in work.waiting.removeAll { $0.name == open.name } }
                open.release()
                if let sealed { onSeal(sealed) }
            } catch {
                failure = error
            }
        }
        work.withLock { $0.failure = failure }
        return failure != nil
    }
}
