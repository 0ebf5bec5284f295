import LeewayCore

/// The open segment of a log and when it gives way to the next.
struct SegmentWriter: Sendable {
    private static let probeBytes = 64 << 10

    let folder: String
    let segmentBytes: Int
    let segmentSeconds: Int
    let isSynced: Bool
    private(set) var open: OpenSegment?
    /// Segments to be sealed.
    private var ended: [OpenSegment] = []

    init(folder: String, segmentBytes: Int, segmentSeconds: Int, isSynced: Bool) {
        self.folder = folder
        self.segmentBytes = segmentBytes
        self.segmentSeconds = segmentSeconds
        self.isSynced = isSynced
    }

    /// Writes whole lines, all or none; `first` is the id of the first of them.
    ///
    /// - Throws: `diskFull`, `logNotWritable`.
    mutating func write(_ lines: [UInt8], first: UUIDv7, now: Timestamp) throws(LeewayError) {
        if open?.isLost(at: now) ?? false { abandon() }
        if let open, isDue(open, for: first, adding: lines.count) { end() }
        if open == nil { try begin(before: first, now: now) }
        var isWritten = false
        do throws(LeewayError) {
            try open?.write(lines)
            isWritten = true
            if isSynced { try open?.sync() }
            open?.keep(bytes: lines.count, at: first.time)
        } catch {
            if !(open?.cut() ?? false) {
                abandon()
            } else if isWritten {
                // After a failed sync the system may call pages clean that never reached the disk: start afresh.
                end()
            }
            throw error
        }
    }

    /// Whether something can be written, though there is nothing to write.
    ///
    /// - Throws: `diskFull`, `logNotWritable`.
    mutating func probe(before first: UUIDv7, now: Timestamp) throws(LeewayError) {
        if open?.isLost(at: now) ?? false { abandon() }
        if open == nil { try begin(before: first, now: now) }
        defer { if !(open?.cut() ?? false) { abandon() } }
        // Killed before the cut, this is a torn line as any other.
        try open?.write([UInt8](repeating: 0, count: Self.probeBytes))
        if isSynced { try open?.sync() }
    }

    /// Begins a segment whose name is before the id.
    ///
    /// - Throws: `diskFull`, `logNotWritable`.
    mutating func begin(before first: UUIDv7, now: Timestamp) throws(LeewayError) {
        end()
        open = try OpenSegment(in: folder, before: first, now: now, synced: isSynced)
    }

    /// Ends the open segment: an empty one is removed, another one waits to be sealed.
    mutating func end() {
        if let open { if open.bytes == 0 { open.discard() } else { ended.append(open) } }
        open = nil
    }

    /// The segments that were ended since this was last asked.
    mutating func takeEnded() -> [OpenSegment] {
        defer { ended = [] }
        return ended
    }

    /// Whether the open segment has lines and is too old, or of another date, at a time.
    func isDue(at time: Timestamp) -> Bool {
        guard let open, let begun = open.begun else { return false }
        return time.milliseconds - begun.milliseconds >= Int64(segmentSeconds) * 1000
            || time.day > open.name.id.time.day
    }

    private func isDue(_ open: OpenSegment, for id: UUIDv7, adding count: Int) -> Bool {
        if isDue(at: id.time) || id.time.day != open.name.id.time.day { return true }
        return open.bytes > 0 && open.bytes + count > segmentBytes
    }

    private mutating func abandon() {
        open?.release()
        open = nil
    }
}

extension Timestamp {
    /// Days since 1970-01-01, of a time not before.
    var day: Int64 { milliseconds / 86_400_000 }
}
