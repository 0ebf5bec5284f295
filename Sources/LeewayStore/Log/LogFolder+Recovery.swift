package import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension LogFolder {
    /// What `recover` found.
    package struct Recovery: Sendable {
        /// A segment that was sealed, and how many bytes of a torn last line were cut off.
        package struct Recovered: Sendable {
            package let segment: Segment
            package let cutBytes: Int
        }

        /// The segments that were sealed, in the order of their names.
        package var recovered: [Recovered] = []
        /// The segments that had no complete line and were removed, as they were.
        package var removed: [Segment] = []
        /// The segments that could not be sealed now, and why: they may be recovered again.
        package var failures: [(segment: Segment, error: LeewayError)] = []

        /// All bytes that were cut off, those of removed segments among them.
        package var cutBytes: Int {
            recovered.reduce(0) { $0 + $1.cutBytes } + removed.reduce(0) { $0 + $1.bytes }
        }
    }

    /// Seals the segments of processes that are no more, each in one process only.
    ///
    /// A torn last line is cut off: no append had returned for it.
    /// - Parameter recount: Called for each segment before it is sealed, with its path and its length without the torn
    ///   line. If it throws, the segment is left as it is. A crash between this and the seal leads to a second call.
    /// - Returns: What was sealed, what was removed, and what could not be sealed now.
    /// - Throws: `fileNotAccessible` where the folder can't be read, and what `recount` throws.
    package func recover(recount: (Segment, String) throws -> Void = { _, _ in }) throws -> Recovery {
        var recovery = Recovery()
        var candidates = try segments().filter { $0.state != .sealed }
        // One who lists the segments holds a lock for a moment: what is locked is tried once more.
        for isSecond in [false, true] where !candidates.isEmpty {
            if isSecond { usleep(2000) }
            var locked: [Segment] = []
            for segment in candidates {
                let descriptor = open(segment.path, O_RDWR | O_CLOEXEC)
                if descriptor < 0 {
                    if errno != ENOENT { recovery.failures.append((segment, LogFailure.writing(segment.path))) }
                    continue
                }
                defer { close(descriptor) }
                if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                    locked.append(segment)
                } else if Self.isSame(descriptor, segment.path) {
                    try recover(segment, descriptor, &recovery, recount)
                }
            }
            candidates = locked
        }
        recovery.recovered.sort { $0.segment.name < $1.segment.name }
        return recovery
    }

    private func recover(
        _ found: Segment, _ descriptor: Int32, _ recovery: inout Recovery, _ recount: (Segment, String) throws -> Void
    ) throws {
        let bytes = Int(lseek(descriptor, 0, SEEK_END))
        let whole = LineFile.wholeBytes(of: descriptor, bytes: bytes)
        let segment = Segment(found.name, in: found.folder, state: .abandoned, bytes: whole)
        removeRemains(of: segment)
        if whole == 0 {
            unlink(segment.path)
            recovery.removed.append(Segment(found.name, in: found.folder, state: .abandoned, bytes: bytes))
            return
        }
        guard whole == bytes || ftruncate(descriptor, off_t(whole)) == 0 else {
            recovery.failures.append((segment, LogFailure.writing(segment.path)))
            return
        }
        do {
            try recount(segment, segment.path)
        } catch let error as LeewayError {
            recovery.failures.append((segment, error))
            return
        }
        do throws(LeewayError) {
            if let sealed = try SegmentSeal(of: found.name, in: found.folder, descriptor: descriptor).seal() {
                recovery.recovered.append(.init(segment: sealed, cutBytes: bytes - whole))
            }
        } catch {
            recovery.failures.append((segment, error))
        }
    }

    /// Removes what a seal left that was interrupted.
    private func removeRemains(of segment: Segment) {
        let prefix = "\(segment.name).ids"
        for name in (try? Self.names(in: segment.folder)) ?? [] where name.hasPrefix(prefix) {
            unlink("\(segment.folder)/\(name)")
        }
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (ours, theirs) = (stat(), stat())
        return fstat(descriptor, &ours) == 0 && stat(path, &theirs) == 0 && ours.st_ino == theirs.st_ino
            && ours.st_dev == theirs.st_dev
    }
}

extension LineFile {
    /// The bytes of a file up to the end of its last complete line.
    static func wholeBytes(of descriptor: Int32, bytes: Int) -> Int {
        var lines = LinesFromEnd(of: descriptor, bytes: bytes)
        while let line = lines.next() {
            if isComplete(line.bytes) { return line.start + line.bytes.count }
        }
        return 0
    }

    /// Whether a line is one object: what a power cut leaves may end in a line feed and still be torn.
    static func isComplete(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.first == UInt8(ascii: "{"), line.suffix(2) == [UInt8(ascii: "}"), 0x0A] else { return false }
        var (depth, isText, isEscaped) = (0, false, false)
        for byte in line.dropLast() {
            if byte < 0x20 { return false }
            if isText {
                let isEnd = byte == UInt8(ascii: "\"") && !isEscaped
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                isText = !isEnd
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return depth == 0 && !isText
    }
}
