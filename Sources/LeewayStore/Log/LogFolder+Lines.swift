package import LeewayCore

extension LogFolder {
    /// How far a reader has come who follows a log.
    package struct Position: Sendable, Hashable, Codable {
        /// Folders of earlier dates get no more lines.
        var date: String
        /// The bytes that were read of each segment of the dates since.
        var bytes: [String: Int]
    }

    /// A line without its line feed, and the segment that it stands in.
    package struct Line: Sendable, Hashable {
        package let segment: Segment.Name
        package let bytes: [UInt8]
    }

    /// The last lines of the JSON Lines segments that are wanted, the newest first; those of Parquet files are for the engine.
    ///
    /// - Throws: `fileNotAccessible`.
    /// - Complexity: O(segments of the last dates + lines looked at).
    package func lastLines(
        _ count: Int, where isWanted: ([UInt8]) -> Bool = { _ in true }
    ) throws(LeewayError) -> [Line] {
        var lines: [Line] = []
        for date in try dates().reversed() where lines.count < count {
            var ends: [SegmentEnd] = []
            for segment in try segments(of: date) where segment.format == .jsonLines {
                if let end = try SegmentEnd(of: segment), end.advance() { ends.append(end) }
            }
            // Few segments are of one date and have lines among the last: the one with the newest comes last.
            ends.sort { $0.id < $1.id }
            while lines.count < count, let end = ends.popLast() {
                if isWanted(end.line) { lines.append(Line(segment: end.name, bytes: end.line)) }
                guard end.advance() else { continue }
                let place = ends.lastIndex { $0.id < end.id }.map { $0 + 1 } ?? 0
                ends.insert(end, at: place)
            }
        }
        return lines
    }

    /// The position after all lines that are in the log now.
    ///
    /// - Throws: `fileNotAccessible`.
    package func end() throws(LeewayError) -> Position {
        var position = Position(date: "", bytes: [:])
        _ = try read(&position, limit: .max, into: nil)
        return position
    }

    /// The position before the first line.
    package var start: Position { Position(date: "", bytes: [:]) }

    /// The whole lines that came after a position, which moves on.
    ///
    /// They come segment by segment, each in its order. A segment that was compacted before it was read is passed over.
    /// - Parameters:
    ///   - position: From `start`, `end` or an earlier call.
    ///   - limit: About how many bytes to read at most; the rest comes with the next call.
    /// - Returns: The lines; none where there is nothing new.
    /// - Throws: `fileNotAccessible`.
    package func lines(after position: inout Position, limit: Int = 1 << 20) throws(LeewayError) -> [Line] {
        var lines: [Line] = []
        try read(&position, limit: limit) { lines.append($0) }
        return lines
    }

    /// Reads on from a position; without `body` it only moves on.
    private func read(
        _ position: inout Position, limit: Int, into body: ((Line) -> Void)?
    ) throws(LeewayError) {
        let dates = try dates().filter { [position] in $0 >= position.date }
        guard let newest = dates.last else { return }
        var places: [(date: String, name: String, bytes: Int)] = []
        var room = limit
        // A server that is slow, or whose clock is, may still begin a segment of the date before.
        var oldest = dates.dropLast().last ?? newest
        for date in dates {
            for segment in try segments(of: date) where segment.format == .jsonLines {
                let name = segment.name.description
                let from = position.bytes[name] ?? 0
                let place = room > 0 ? try read(segment, from: from, limit: room, into: body) : from
                room -= place - from
                places.append((date, name, place))
                if segment.state != .sealed || room <= 0 && place < segment.bytes { oldest = min(oldest, date) }
            }
        }
        position.date = oldest
        position.bytes = [:]
        for place in places where place.date >= oldest { position.bytes[place.name] = place.bytes }
    }

    private func read(
        _ segment: Segment, from: Int, limit: Int, into body: ((Line) -> Void)?
    ) throws(LeewayError) -> Int {
        guard let file = try LineFile.lines(of: segment) else { return from }
        guard let body else {
            var lines = LinesFromEnd(of: file.descriptor, bytes: file.bytes)
            return lines.next().map { $0.start + $0.bytes.count } ?? 0
        }
        var read = 0
        return LineFile.forEachLine(of: file.descriptor, from: from, to: file.bytes) { _, line in
            body(Line(segment: segment.name, bytes: Array(line.dropLast())))
            read += line.count
            return read < limit
        }
    }
}

/// A segment read from its end.
private final class SegmentEnd {
    let name: Segment.Name
    /// Keeps the descriptor open.
    private let file: LineFile
    private var lines: LinesFromEnd
    private(set) var id: UUIDv7
    private(set) var line: [UInt8] = []

    /// Opens a segment; nil where it has been removed.
    init?(of segment: Segment) throws(LeewayError) {
        guard let file = try LineFile.lines(of: segment) else { return nil }
        name = segment.name
        id = segment.name.id
        lines = LinesFromEnd(of: file.descriptor, bytes: file.bytes)
        self.file = file
    }

    /// Goes to the line before that has an id; false where there is none.
    func advance() -> Bool {
        while let next = lines.next() {
            guard let id = next.bytes.withUnsafeBytes({ LineFile.id(of: $0) }) else { continue }
            self.id = id
            line = Array(next.bytes.dropLast())
            return true
        }
        return false
    }
}
