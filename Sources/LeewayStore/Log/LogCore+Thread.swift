import LeewayCore
import Synchronization

extension LogCore {
    private enum Step: Sendable {
        case write(Queue.Group)
        case wait(milliseconds: Int)
        case gather
        case end
    }

    /// What the thread does: writes where no one else does, and ends segments that are due though nothing is appended.
    func run() {
        var isOver = false
        while true {
            switch step(hasGathered: isOver) {
            case .write(let group):
                isOver = false
                write(group)
            case .gather: isOver = !signal.wait(milliseconds: Self.delay)
            case .wait(let milliseconds):
                if !signal.wait(milliseconds: milliseconds) {
                    endIfDue()
                    probeIfFailing()
                }
            case .end:
                end()
                return
            }
        }
    }

    private func write(_ group: consuming Queue.Group) {
        var next: Queue.Group? = group
        while var group = next.take() {
            let failure = commit(&group)
            next = finish(group, failure, mayGoOn: options.durability != .none)
        }
    }

    private func step(hasGathered: Bool) -> Step {
        let time = now()
        return queue.withLock { queue in
            let isFree = !queue.isWriting || queue.isHandedOver
            if isFree, !queue.isEmpty {
                let isDue =
                    options.durability != .none || hasGathered || queue.isUrgent || queue.isClosed
                    || queue.pendingBytes >= Self.hurry
                guard isDue else { return .gather }
                queue.isWriting = true
                queue.isHandedOver = false
                return .write(queue.take())
            }
            if queue.isHandedOver { (queue.isHandedOver, queue.isWriting) = (false, false) }
            if queue.isClosed, !queue.isWriting { return .end }
            let wait = wait(at: time, since: queue.totals.segmentBegun)
            return .wait(milliseconds: queue.totals.isFailing ? min(wait, Self.retry) : wait)
        }
    }

    /// Ends a failure that is over, though nothing is appended.
    private func probeIfFailing() {
        let time = now()
        guard let id = queue.withLock({ $0.totals.isFailing ? $0.nextID(at: time) : nil }) else { return }
        file.withLock { writer in
            let isOver = (try? writer.probe(before: id, now: time)) != nil
            settle(&writer)
            if isOver { queue.withLock { $0.totals.isFailing = false } }
        }
    }

    /// Until the segment is due, and no longer than a minute: the clock may be set meanwhile.
    private func wait(at time: Timestamp, since begun: Timestamp?) -> Int {
        guard let begun else { return 60_000 }
        let age = begun.milliseconds + Int64(options.segmentSeconds) * 1000
        let midnight = (begun.day + 1) * 86_400_000
        return Int(min(60_000, max(1, min(age, midnight) - time.milliseconds)))
    }

    private func endIfDue() {
        let time = now()
        file.withLock { writer in
            if writer.isDue(at: time) { begin(&writer, at: time) }
        }
    }

    private func end() {
        file.withLock { writer in
            writer.end()
            settle(&writer)
        }
        sealer.end { [self] in
            let closers = queue.withLock { queue in
                queue.isOver = true
                defer { queue.closers = [] }
                return queue.closers
            }
            for closer in closers { closer.resume() }
        }
    }
}
