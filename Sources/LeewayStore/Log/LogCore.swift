import LeewayCore
import Synchronization

/// What a log is but for the type of its payloads: not generic, so that the compiler knows every size.
package final class LogCore: Sendable {
    let folder: String
    let options: Options
    let now: @Sendable () -> Timestamp
    /// Held for a moment by whoever appends.
    let queue: Mutex<LogQueue>
    /// Held while a group is written and committed; taken before `queue` where both are.
    let file: Mutex<SegmentWriter>
    let signal = LogSignal()
    let sealer: LogSealer

    /// Makes the folder and the first segment, and starts the log's threads.
    ///
    /// - Throws: `diskFull`, `logNotWritable`.
    init(
        folder: String, options: Options, now: @escaping @Sendable () -> Timestamp, random: () -> UInt64,
        onSeal: @escaping @Sendable (Segment) -> Void
    ) throws(LeewayError) {
        self.folder = folder
        self.options = options
        self.now = now
        sealer = LogSealer(onSeal: onSeal)
        var queue = LogQueue(ids: IDSequence(random: random))
        var writer = SegmentWriter(
            folder: folder, segmentBytes: options.segmentBytes, segmentSeconds: options.segmentSeconds,
            isSynced: options.durability == .fsync)
        let time = now()
        try writer.begin(before: queue.ids.next(at: time), now: time)
        queue.totals.segment = writer.open?.name
        let open = writer.open
        self.queue = Mutex(queue)
        self.file = Mutex(writer)
        guard PlainThread.start({ [sealer] in sealer.run() }) else {
            open?.discard()
            throw Self.noThread(folder)
        }
        guard PlainThread.start({ self.run() }) else {
            sealer.end {}
            open?.discard()
            throw Self.noThread(folder)
        }
    }

    /// Runs `body` with the open segment and its bytes while nothing is being committed.
    func atRest<R: Sendable>(_ body: (Segment.Name, Int) throws -> R) rethrows -> R {
        try file.withLock { writer in
            if let open = writer.open { return try body(open.name, open.bytes) }
            let time = now()
            let id = queue.withLock { $0.nextID(at: time) }
            return try body(IDSequence.name(before: id, place: IDSequence.gap - 2), 0)
        }
    }

    /// Ends the open segment, unless it is empty, and begins another.
    func rotate() {
        let time = now()
        file.withLock { writer in
            guard let open = writer.open, open.bytes > 0 else { return }
            begin(&writer, at: time)
        }
    }

    /// Ends the threads when all is written and sealed.
    func close() async {
        await withUnsafeContinuation { continuation in
            let isOver = queue.withLock { queue in
                if queue.isOver { return true }
                queue.isClosed = true
                queue.closers.append(continuation)
                return false
            }
            if isOver { continuation.resume() } else { signal.raise() }
        }
    }

    /// How the log is doing now; waits for no write.
    var state: State {
        let time = now()
        let sealing = sealer.state
        return queue.withLock { queue in
            let totals = queue.totals
            return State(
                segment: totals.segment, segmentBytes: totals.segmentBytes,
                pendingBytes: queue.pendingBytes + queue.writing.bytes, lines: totals.lines,
                bytes: totals.bytes, failures: totals.failures, lostLines: totals.lostLines,
                isFailing: totals.isFailing, lastFailure: totals.lastFailure,
                lag: queue.oldest.map { Double(max(0, time.milliseconds - $0.milliseconds)) / 1000 } ?? 0,
                unsealed: sealing.waiting, sealFailure: sealing.failure)
        }
    }

    private static func noThread(_ folder: String) -> LeewayError {
        LeewayError(
            .logNotWritable, "Can't start a thread for the log \(folder).", hint: "Raise the limit of processes.")
    }
}
