package import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension LogFolder {
    /// Removes sealed segments, the oldest first, with their ids; open and abandoned ones stay.
    ///
    /// - Parameters:
    ///   - time: Goes what has no line since then; nil for any age.
    ///   - bytes: Goes, oldest first, what the whole log has beyond this; nil for any length.
    ///   - mayGo: Whether a segment may be removed at all, such as one that was counted; asked when it is about to go.
    /// - Returns: The segments that this call removed.
    /// - Throws: `fileNotAccessible`, and what `mayGo` throws; what could be removed is removed then.
    package func remove(
        olderThan time: Timestamp? = nil, keepingAtMost bytes: Int? = nil,
        where mayGo: (Segment) throws(LeewayError) -> Bool = { _ in true }
    ) throws(LeewayError) -> [Segment] {
        let segments = try segments()
        var total = 0
        if bytes != nil { for segment in segments { total += Self.bytes(of: segment) } }
        var removed: [Segment] = []
        var failure: LeewayError?
        for segment in segments where segment.state == .sealed {
            let isOver = bytes.map { total > $0 } ?? false
            if !isOver {
                guard let time, try isOlder(segment, than: time) else { continue }
            }
            let length = Self.bytes(of: segment)
            do throws(LeewayError) {
                guard try mayGo(segment) else {
                    // It goes later; a newer one must not go in its place.
                    if isOver { total -= length }
                    continue
                }
                if try remove(segment) { removed.append(segment) }
                total -= length
            } catch {
                failure = error
            }
        }
        for folder in Set(removed.map(\.folder)) { rmdir(folder) }
        if let failure { throw failure }
        return removed
    }

    /// Whether a sealed segment has no line since a time.
    ///
    /// - Throws: `fileNotAccessible`.
    package func isOlder(_ segment: Segment, than time: Timestamp) throws(LeewayError) -> Bool {
        if segment.name.id.time >= time { return false }
        return try lastID(of: segment).time < time
    }

    /// The last id of a sealed segment; its name where nothing else is known.
    private func lastID(of segment: Segment) throws(LeewayError) -> UUIDv7 {
        if let range = ranges[segment.name] { return range.upperBound }
        if let file = try LineFile(ifThere: segment.idsPath),
            let range = IDSearch(file.descriptor, bytes: file.bytes).range
        {
            ranges[segment.name] = range
            return range.upperBound
        }
        if segment.format == .jsonLines, let file = try LineFile.lines(of: segment) {
            var lines = LinesFromEnd(of: file.descriptor, bytes: file.bytes)
            while let line = lines.next() {
                if let id = line.bytes.withUnsafeBytes({ LineFile.id(of: $0) }) { return id }
            }
        }
        return segment.name.id
    }

    /// The bytes of a segment, with its ids.
    private static func bytes(of segment: Segment) -> Int {
        guard case .file(let ids)? = FileSystem.kind(of: segment.idsPath) else { return segment.bytes }
        return segment.bytes + ids
    }

    /// Whether it was this call that removed the segment.
    private func remove(_ segment: Segment) throws(LeewayError) -> Bool {
        // The ids go first: without a segment, no one would remove them.
        unlink(segment.idsPath)
        unlink(segment.damagedPath)
        if segment.format == .parquet { unlink(segment.compactedPath) }
        if unlink(segment.path) == 0 { return true }
        if errno == ENOENT { return false }
        throw FileSystem.failure("remove", segment.path)
    }
}
