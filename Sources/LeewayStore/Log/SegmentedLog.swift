package import LeewayCore
import Synchronization

/// An append-only log of JSON Lines: what was appended is there after the process was killed, each line once.
///
/// Each log writes segments of its own, so that several, of several processes, share a folder. Who appends while nobody
/// writes becomes the writer for all who come meanwhile: one lock, one `write(2)`, no change of thread. A full disk
/// fails the appends of that moment; the next one tries anew. The log lives until `close`.
package final class SegmentedLog<Payload: Sendable>: Sendable {
    /// What an append has waited for when it returns.
    package enum Durability: String, Sendable, CaseIterable, Codable {
        /// For nothing: written within 20 ms. After a failed write, appends wait until one succeeds.
        case none
        /// For the operating system: the lines survive the process.
        case os
        /// For the disk: they survive a power cut.
        case fsync
    }

    /// How a log is kept.
    package struct Options: Sendable {
        package var durability: Durability
        /// A segment is sealed before it grows longer than this; one group of lines may be longer.
        package var segmentBytes: Int
        /// A segment is sealed when its first line is so old.
        package var segmentSeconds: Int

        package init(durability: Durability = .os, segmentBytes: Int = 64 << 20, segmentSeconds: Int = 3600) {
            self.durability = durability
            self.segmentBytes = segmentBytes
            self.segmentSeconds = segmentSeconds
        }
    }

    let folder: String
    let options: Options
    let now: @Sendable () -> Timestamp
    let onCommit: @Sendable (Segment.Name, Payload) -> Void
    /// Held for a moment by whoever appends.
    let queue: Mutex<LogQueue<Payload>>
    /// Held while a group is written and committed; taken before `queue` where both are.
    let file: Mutex<SegmentWriter>
    let signal = LogSignal()
    let sealer: LogSealer

    /// Makes the folder and the first segment, and starts the log's threads.
    ///
    /// - Parameters:
    ///   - folder: Where the segments go, in a folder for each date.
    ///   - options: How the log is kept.
    ///   - now: The time. It may step back: ids ascend all the same.
    ///   - random: Random bits, asked a few times now and never again.
    ///   - onCommit: Called for each append that is in the log, one after the other and in the file's order, before the
    ///     append returns. It must be quick and not call the log.
    ///   - onSeal: Called on a thread of the log's own when a segment was sealed.
    /// - Throws: `diskFull`, `logNotWritable`.
    package init(
        folder: String, options: Options = Options(), now: @escaping @Sendable () -> Timestamp,
        random: @escaping @Sendable () -> UInt64,
        onCommit: @escaping @Sendable (Segment.Name, Payload) -> Void = { _, _ in },
        onSeal: @escaping @Sendable (Segment) -> Void = { _ in }
    ) throws(LeewayError) {
        self.folder = folder
        self.options = options
        self.now = now
        self.onCommit = onCommit
        sealer = LogSealer(onSeal: onSeal)
        var queue = LogQueue<Payload>(ids: IDSequence(random: random))
        var writer = SegmentWriter(
            folder: folder, segmentBytes: options.segmentBytes, segmentSeconds: options.segmentSeconds,
            isSynced: options.durability == .fsync)
        let time = now()
        try writer.begin(before: queue.ids.next(at: time), now: time)
        queue.totals.segment = writer.open?.name
        self.queue = Mutex(queue)
        self.file = Mutex(writer)
        guard LogSignal.startThread({ [sealer] in sealer.run() }) else { throw Self.noThread(folder) }
        guard LogSignal.startThread({ self.run() }) else {
            sealer.end {}
            throw Self.noThread(folder)
        }
    }

    /// Adds lines and returns their ids when the lines are in the log as the durability promises.
    ///
    /// The lines stand together, in their order. Cancelling the task does not take them back.
    /// - Throws: `diskFull`, `logNotWritable`; then none of the lines is in the log.
    package nonisolated(nonsending) func append(
        _ lines: LogLines, _ payload: Payload
    ) async throws(LeewayError) -> [UUIDv7] {
        if lines.starts.isEmpty { return [] }
        return try await submit { queue, time, waiter in
            var ids: [UUIDv7] = []
            ids.reserveCapacity(lines.starts.count)
            queue.add(lines, payload, at: time, waiter: waiter, ids: &ids)
            return ids
        }
    }

    /// Adds one line and returns its id when the line is in the log as the durability promises.
    ///
    /// - Throws: `diskFull`, `logNotWritable`; then the line is not in the log.
    package nonisolated(nonsending) func append(
        line: [UInt8], _ payload: Payload
    ) async throws(LeewayError) -> UUIDv7 {
        try await submit { queue, time, waiter in queue.add(line: line, payload, at: time, waiter: waiter) }
    }

    /// Runs `body` while nothing is being committed: the payloads of the first so many bytes of the open segment, and of
    /// all segments before it, and no others, were given to `onCommit`.
    ///
    /// `body` holds up every append, so it must be quick; it must not call the log. Where no segment could be opened the
    /// name is one that no file has.
    package func atRest<R: Sendable>(_ body: (Segment.Name, Int) throws -> R) rethrows -> R {
        try file.withLock { writer in
            if let open = writer.open { return try body(open.name, open.bytes) }
            let time = now()
            let id = queue.withLock { $0.nextID(at: time) }
            return try body(IDSequence.name(before: id, place: IDSequence.gap - 2), 0)
        }
    }

    /// Ends the open segment, unless it is empty, and begins another.
    ///
    /// Lines that are not yet written go to the new one.
    package func rotate() {
        let time = now()
        file.withLock { writer in
            guard let open = writer.open, open.bytes > 0 else { return }
            begin(&writer, at: time)
        }
    }

    /// Writes what is pending, seals the open segment and ends the log's threads; further appends fail.
    ///
    /// A segment that can't be sealed now, as on a full disk, is left for `LogFolder.recover`.
    package func close() async {
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

    private static func noThread(_ folder: String) -> LeewayError {
        LeewayError(
            .logNotWritable, "Can't start a thread for the log \(folder).", hint: "Raise the limit of processes.")
    }
}
