import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file that this process writes to, locked as long as the descriptor is open.
struct OpenSegment: Sendable {
    let name: Segment.Name
    let folder: String
    let descriptor: Int32
    /// The bytes of whole lines: all that was promised, and nothing else once `cut` was done.
    private(set) var bytes = 0
    /// The time of the first line.
    private(set) var begun: Timestamp?
    private let identity: (device: dev_t, file: ino_t)
    private var lookedAt: Timestamp

    var path: String { "\(folder)/\(name)\(Segment.openSuffix)" }

    /// The file as others see it.
    var segment: Segment { Segment(name, in: folder, state: .open, bytes: bytes) }

    /// Makes and locks the file, and its folders where they are missing.
    ///
    /// - Throws: `diskFull`, `logNotWritable`.
    init(in log: String, before first: UUIDv7, now: Timestamp, synced: Bool) throws(LeewayError) {
        let folder = "\(log)/\(Segment.folderName(of: first.time))"
        for place in 0..<IDSequence.gap / 2 {
            let name = IDSequence.name(before: first, place: place)
            let path = "\(folder)/\(name)\(Segment.openSuffix)"
            guard let descriptor = try Self.create(path, in: folder) else { continue }
            // Who recovers may have found the file before it was locked, and removed it as empty.
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, let identity = Self.identity(of: path),
                Self.identity(of: descriptor).map({ $0 == identity }) ?? false
            else {
                unlink(path)
                close(descriptor)
                continue
            }
            (self.name, self.folder, self.descriptor, self.identity) = (name, folder, descriptor, identity)
            lookedAt = now
            guard synced else { return }
            do throws(LeewayError) {
                try Self.syncFolder(folder)
                try Self.syncFolder(log)
            } catch {
                discard()
                throw error
            }
            return
        }
        errno = EBUSY
        throw LogFailure.writing(folder)
    }

    /// Whether the file is no longer where it was, or not as long as it was: asked once a second at most.
    mutating func isLost(at now: Timestamp) -> Bool {
        let elapsed = now.milliseconds - lookedAt.milliseconds
        if elapsed >= 0, elapsed < 1000 { return false }
        lookedAt = now
        var status = stat()
        guard stat(path, &status) == 0, (status.st_dev, status.st_ino) == identity else { return true }
        return Int(status.st_size) != bytes
    }

    /// Writes whole lines, which count once they are kept.
    ///
    /// - Throws: `diskFull`, `logNotWritable`; then `cut` is due.
    func write(_ lines: [UInt8]) throws(LeewayError) {
        var written = 0
        while written < lines.count {
            let count = lines.withUnsafeBytes { buffer in
                systemWrite(descriptor, buffer.baseAddress?.advanced(by: written), lines.count - written)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                throw LogFailure.writing(path)
            }
        }
    }

    /// Counts lines that were written.
    mutating func keep(bytes count: Int, at time: Timestamp) {
        bytes += count
        if begun == nil { begun = time }
    }

    /// Cuts off what was written and is not kept; false where even that fails.
    func cut() -> Bool {
        while ftruncate(descriptor, off_t(bytes)) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }

    /// Waits until the lines are on the disk.
    ///
    /// - Throws: `diskFull`, `logNotWritable`.
    func sync() throws(LeewayError) {
        while fdatasync(descriptor) != 0 {
            if errno != EINTR { throw LogFailure.writing(path) }
        }
    }

    /// Lets go of the file as it is: it counts as abandoned then.
    func release() { close(descriptor) }

    /// Lets go of a file without lines and removes it.
    func discard() {
        if Self.identity(of: path).map({ $0 == identity }) ?? false { unlink(path) }
        close(descriptor)
    }

    private static func create(_ path: String, in folder: String) throws(LeewayError) -> Int32? {
        // The date's folder may be new, or vanish between being made and being used.
        for _ in 0..<3 {
            let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 { return descriptor }
            if errno == EEXIST { return nil }
            guard errno == ENOENT else { break }
            try makeFolder(folder)
        }
        throw LogFailure.writing(path)
    }

    private static func makeFolder(_ path: String) throws(LeewayError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let cut = path.lastIndex(of: "/"), cut != path.startIndex else {
            throw LogFailure.writing(path)
        }
        try makeFolder(String(path[..<cut]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw LogFailure.writing(path) }
    }

    /// Waits until the names in a folder are on the disk.
    ///
    /// - Throws: `diskFull`, `logNotWritable`.
    static func syncFolder(_ path: String) throws(LeewayError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LogFailure.writing(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw LogFailure.writing(path) }
    }

    private static func identity(of path: String) -> (device: dev_t, file: ino_t)? {
        var status = stat()
        return stat(path, &status) == 0 ? (status.st_dev, status.st_ino) : nil
    }

    private static func identity(of descriptor: Int32) -> (device: dev_t, file: ino_t)? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? (status.st_dev, status.st_ino) : nil
    }
}

#if canImport(Glibc)
    private let systemWrite = Glibc.write
#else
    private let systemWrite = Darwin.write
    private func fdatasync(_ descriptor: Int32) -> Int32 { fcntl(descriptor, F_FULLFSYNC) == -1 ? -1 : 0 }
#endif
