/// The whole lines of a file from the last to the first, read in blocks.
struct LinesFromEnd {
    /// A line with its line feed.
    struct Line {
        let start: Int
        let bytes: ArraySlice<UInt8>
    }

    private static let block = 64 << 10

    private let descriptor: Int32
    /// The bytes from `offset` on that were not given yet; they end in a line feed once the torn end is dropped.
    private var buffer: [UInt8] = []
    private var offset: Int
    private var end: Int
    private var isTrimmed = false

    /// Reads no further than `bytes`, whatever the file has.
    init(of descriptor: Int32, bytes: Int) {
        self.descriptor = descriptor
        offset = bytes
        end = bytes
    }

    /// The line before the one that was given last; nil at the start of the file.
    mutating func next() -> Line? {
        if !isTrimmed {
            guard let feed = lineFeed(before: end) else { return nil }
            end = feed + 1
            isTrimmed = true
        }
        guard end > 0 else { return nil }
        let start = lineFeed(before: end - 1).map { $0 + 1 } ?? 0
        if start < offset { return nil }
        defer { end = start }
        return Line(start: start, bytes: buffer[start - offset..<end - offset])
    }

    /// The place of the last line feed before a place; reads more of the file where it has to.
    private mutating func lineFeed(before place: Int) -> Int? {
        var searched = place
        var room = Self.block
        while true {
            let known = buffer[..<max(0, min(searched - offset, buffer.count))]
            if let found = known.lastIndex(of: 0x0A) { return offset + found }
            guard offset > 0 else { return nil }
            searched = offset
            let start = max(0, offset - room)
            let more = LineFile.read(descriptor, at: start, offset - start)
            // The file was cut while it was read: there is nothing to be had from it.
            guard more.count == offset - start else {
                (buffer, offset, end) = ([], 0, 0)
                return nil
            }
            buffer = more + buffer[..<max(0, min(end - offset, buffer.count))]
            offset = start
            room *= 2
        }
    }
}
