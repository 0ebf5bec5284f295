package import LeewayCore

/// An append-only log of JSON Lines: what was appended is there after the process was killed, each line once.
///
/// Each log writes segments of its own, so that several, of several processes, share a folder. Who appends while nobody
/// writes becomes the writer for all who come meanwhile: one lock, one `write(2)`, no change of thread. A full disk
/// fails the appends of that moment; the next one tries anew. The log lives until `close`.
package final class SegmentedLog<Payload: Sendable>: Sendable {
    package typealias Durability = LogCore.Durability
    package typealias Options = LogCore.Options
    package typealias State = LogCore.State

    private let core: LogCore
    private let onCommit: @Sendable (Segment.Name, Payload) -> Void

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
        self.onCommit = onCommit
        core = try LogCore(folder: folder, options: options, now: now, random: random, onSeal: onSeal)
    }

    /// Adds lines and returns their ids when the lines are in the log as the durability promises.
    ///
    /// The lines stand together, in their order. Cancelling the task does not take them back. Without lines nothing is
    /// done: the payload is not committed either.
    /// - Throws: `diskFull`, `logNotWritable`; then none of the lines is in the log.
    package nonisolated(nonsending) func append(
        _ lines: LogLines, _ payload: Payload
    ) async throws(LeewayError) -> [UUIDv7] {
        try await core.append(lines) { [onCommit] name in onCommit(name, payload) }
    }

    /// Adds one line and returns its id when the line is in the log as the durability promises.
    ///
    /// - Throws: `diskFull`, `logNotWritable`; then the line is not in the log.
    package nonisolated(nonsending) func append(
        line: [UInt8], _ payload: Payload
    ) async throws(LeewayError) -> UUIDv7 {
        try await core.append(line: line) { [onCommit] name in onCommit(name, payload) }
    }

    /// Runs `body` while nothing is being committed: the payloads of the first so many bytes of the open segment, and of
    /// all segments before it, and no others, were given to `onCommit`.
    ///
    /// `body` holds up every append, so it must be quick; it must not call the log. Where no segment could be opened the
    /// name is one that no file has.
    package func atRest<R: Sendable>(_ body: (Segment.Name, Int) throws -> R) rethrows -> R { try core.atRest(body) }

    /// Ends the open segment, unless it is empty, and begins another.
    ///
    /// Lines that are not yet written go to the new one.
    package func rotate() { core.rotate() }

    /// Writes what is pending, seals the open segment and ends the log's threads; further appends fail.
    ///
    /// A segment that can't be sealed now, as on a full disk, is left for `LogFolder.recover`.
    package func close() async { await core.close() }

    /// How the log is doing now; waits for no write.
    package var state: State { core.state }
}
