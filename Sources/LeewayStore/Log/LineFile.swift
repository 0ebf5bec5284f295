import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of lines, read by place; damage gives fewer lines, never a stop.
///
/// The file may grow, or be cut, while it is read. What follows the last line feed is no line yet.
struct LineFile: ~Copyable {
    /// The first read of a line; longer ones are read in larger pieces.
    private static let block = 16 << 10

    let descriptor: Int32
    /// The length when it was opened.
    let bytes: Int

    /// Opens a file; nil where there is none.
    ///
    /// - Throws: `fileNotAccessible`.
    init?(ifThere path: String) throws(LeewayError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileSystem.failure("read", path)
        }
        self.descriptor = descriptor
        var status = stat()
        bytes = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    }

    /// Opens the lines of a segment, which may be sealed meanwhile; nil where it was removed.
    static func lines(of segment: Segment) throws(LeewayError) -> LineFile? {
        for path in segment.linePaths {
            if let file = try LineFile(ifThere: path) { return file }
        }
        return nil
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes from a place; fewer at the end.
    static func read(_ descriptor: Int32, at place: Int, _ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            while filled < count {
                let target = buffer.baseAddress?.advanced(by: filled)
                let got = pread(descriptor, target, count - filled, off_t(place + filled))
                if got < 0, errno == EINTR { continue }
                if got <= 0 { break }
                filled += got
            }
        }
    }

    func read(at place: Int, _ count: Int) -> [UInt8] { Self.read(descriptor, at: place, count) }

    /// Gives each whole line of a part of a file, with its line feed, until `body` returns false; returns the place after
    /// the last line given.
    @discardableResult
    static func forEachLine(
        of descriptor: Int32, from start: Int, to end: Int, _ body: (Int, UnsafeRawBufferPointer) throws -> Bool
    ) rethrows -> Int {
        var (place, room) = (start, block)
        while place < end {
            let wanted = min(room, end - place)
            let bytes = read(descriptor, at: place, wanted)
            var goesOn = true
            let used = try bytes.withUnsafeBytes { buffer in
                var begin = 0
                while goesOn, let feed = lineFeed(in: buffer, from: begin) {
                    goesOn = try body(place + begin, UnsafeRawBufferPointer(rebasing: buffer[begin...feed]))
                    begin = feed + 1
                }
                return begin
            }
            place += used
            // Fewer bytes than wanted: the file was cut while it was read.
            if !goesOn || bytes.count < wanted || used == 0 && place + wanted == end { break }
            // A line longer than the block: read more of it.
            room = used == 0 ? room * 4 : block
        }
        return place
    }

    /// The id that a line has in its first 43 bytes.
    static func id(of line: UnsafeRawBufferPointer) -> UUIDv7? {
        guard line.count > LogLines.idOffset + UUIDv7.textLength,
            line.prefix(LogLines.idOffset).elementsEqual(LogLines.prefix)
        else { return nil }
        let text = line[LogLines.idOffset..<LogLines.idOffset + UUIDv7.textLength]
        return UUIDv7(bytes: UnsafeBufferPointer(rebasing: text.bindMemory(to: UInt8.self)[...]))
    }

    /// The place of the next line feed.
    static func lineFeed(in buffer: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < buffer.count, let base = buffer.baseAddress,
            let found = memchr(base + start, 0x0A, buffer.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
