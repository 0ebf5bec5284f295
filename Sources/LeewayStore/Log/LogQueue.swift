import LeewayCore

/// What was appended and is not written yet, and who writes.
struct LogQueue: Sendable {
    /// How an append ends for one who waits for it.
    enum Outcome: Sendable {
        case done
        case failed(LeewayError)
        /// Nobody writes: the one who waited does.
        case lead
    }

    typealias Commit = @Sendable (Segment.Name) -> Void

    /// One call of `append`.
    struct Entry: Sendable {
        /// Tells of the lines once they are in the log.
        let commit: Commit
        let waiter: UnsafeContinuation<Outcome, Never>?
    }

    /// What is written in one go.
    struct Group: Sendable {
        var bytes: [UInt8] = []
        var entries: [Entry] = []
        var lines = 0
        /// The first line's id.
        var first: UUIDv7?
        /// When the first line came.
        var since: Timestamp?

        /// Forgets the content; keeps the room for the next unless a burst made it large.
        mutating func empty() {
            bytes.removeAll(keepingCapacity: bytes.capacity <= 4 << 20)
            entries.removeAll(keepingCapacity: entries.capacity <= 1 << 14)
            lines = 0
            first = nil
            since = nil
        }
    }

    var ids: IDSequence
    var pending = Group()
    /// Groups of earlier dates than `pending`: lines of two dates never go into one segment.
    private var earlier: [Group] = []
    /// Where the date of `pending` ends, in milliseconds since 1970.
    private var midnight: Int64 = 0
    /// An emptied group whose room is used again.
    var spare = Group()
    /// A group is being written, or its writer decides what comes next.
    var isWriting = false
    /// The dedicated thread is to write on.
    var isHandedOver = false
    /// Someone waits, though `durability` is none.
    var isUrgent = false
    var isClosed = false
    /// Closed, and all is sealed.
    var isOver = false
    var closers: [UnsafeContinuation<Void, Never>] = []
    var writing: (first: UUIDv7?, since: Timestamp?, bytes: Int) = (nil, nil, 0)
    var totals = Totals()

    struct Totals: Sendable {
        var segment: Segment.Name?
        var segmentBytes = 0
        var segmentBegun: Timestamp?
        var lines = 0
        var bytes = 0
        var failures = 0
        var lostLines = 0
        var isFailing = false
        var lastFailure: LeewayError?
    }

    /// Adds one line.
    mutating func add(
        line: [UInt8], commit: @escaping Commit, at now: Timestamp, waiter: UnsafeContinuation<Outcome, Never>?
    ) -> UUIDv7 {
        let id = ids.next(at: now)
        let base = begin(id, at: now)
        pending.bytes.append(contentsOf: line)
        pending.bytes.withUnsafeMutableBytes { Self.stamp(id, in: $0[base...]) }
        pending.lines += 1
        pending.entries.append(Entry(commit: commit, waiter: waiter))
        return id
    }

    /// Adds lines; their ids come to stand at the end of `taken`.
    mutating func add(
        _ lines: LogLines, commit: @escaping Commit, at now: Timestamp, waiter: UnsafeContinuation<Outcome, Never>?,
        ids taken: inout [UUIDv7]
    ) {
        let old = taken.count
        for _ in lines.starts { taken.append(ids.next(at: now)) }
        let base = begin(taken[old], at: now)
        pending.bytes.append(contentsOf: lines.bytes)
        pending.bytes.withUnsafeMutableBytes { buffer in
            precondition(lines.starts.first == 0, "The first line of a log's lines begins at 0.")
            var end = buffer.count
            for place in lines.starts.indices.reversed() {
                let start = base + lines.starts[place]
                precondition(start < end, "The lines of a log begin one after the other.")
                Self.stamp(taken[old + place], in: buffer[start..<end])
                end = start
            }
        }
        pending.lines += lines.starts.count
        pending.entries.append(Entry(commit: commit, waiter: waiter))
    }

    init(ids: IDSequence) { self.ids = ids }

    /// Whether nothing is to be written.
    var isEmpty: Bool { earlier.isEmpty && pending.first == nil }

    /// The bytes that wait to be written.
    var pendingBytes: Int { earlier.reduce(pending.bytes.count) { $0 + $1.bytes.count } }

    /// When the oldest line came that is not written.
    var oldest: Timestamp? { writing.since ?? earlier.first?.since ?? pending.since }

    /// Takes what is pending for writing.
    mutating func take() -> Group {
        var group = Group()
        if earlier.isEmpty {
            swap(&group, &spare)
            swap(&group, &pending)
        } else {
            group = earlier.removeFirst()
        }
        writing = (group.first, group.since, group.bytes.count)
        isUrgent = !earlier.isEmpty
        return group
    }

    /// Counts what became of a group; with `promised`, its appends had returned before.
    mutating func count(_ group: Group, _ failure: LeewayError?, promised: Bool) {
        writing = (nil, nil, 0)
        totals.isFailing = failure != nil
        if let failure {
            totals.failures += 1
            totals.lastFailure = failure
            if promised { totals.lostLines += group.lines }
        } else {
            totals.lines += group.lines
            totals.bytes += group.bytes.count
        }
    }

    /// Keeps the room of a group for a later one.
    mutating func recycle(_ group: consuming Group) {
        spare = group
        spare.empty()
    }

    /// An id that no line written from now on comes before.
    mutating func nextID(at now: Timestamp) -> UUIDv7 {
        writing.first ?? earlier.first?.first ?? pending.first ?? ids.next(at: now)
    }

    /// Makes ready for a line with this id; returns where it begins in the pending bytes.
    private mutating func begin(_ id: UUIDv7, at now: Timestamp) -> Int {
        if pending.first != nil, id.time.milliseconds >= midnight {
            earlier.append(pending)
            pending = Group()
        }
        if pending.first == nil {
            pending.first = id
            pending.since = now
            midnight = (id.time.day + 1) * 86_400_000
        }
        return pending.bytes.count
    }

    private static func stamp(_ id: UUIDv7, in line: Slice<UnsafeMutableRawBufferPointer>) {
        let line = UnsafeMutableRawBufferPointer(rebasing: line)
        guard line.count >= LogLines.shortest, let base = line.baseAddress else {
            preconditionFailure("A line of a log has at least \(LogLines.shortest) bytes.")
        }
        let prefix = base.loadUnaligned(as: UInt64.self).littleEndian & 0x00FF_FFFF_FFFF_FFFF
        // {"id":" as a little-endian number.
        precondition(
            prefix == 0x0022_3A22_6469_227B && line[43] == UInt8(ascii: "\"") && line[line.count - 1] == 0x0A,
            "A line of a log begins with {\"id\":\", has 36 bytes for the id, and ends in a line feed.")
        id.write(to: base + LogLines.idOffset)
    }
}
