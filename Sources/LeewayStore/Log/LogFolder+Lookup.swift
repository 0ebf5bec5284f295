package import LeewayCore

extension LogFolder {
    /// Whether each id is that of a line in the log, in any state or format of its segment.
    ///
    /// - Throws: `fileNotAccessible`.
    /// - Complexity: O(segments of the ids' dates + ids · log(lines of a segment)).
    package func contains(ids: [UUIDv7]) throws(LeewayError) -> [Bool] {
        var found = [Bool](repeating: false, count: ids.count)
        var places: [String: [Int]] = [:]
        for (place, id) in ids.enumerated() { places[Self.date(of: id), default: []].append(place) }
        for (date, places) in places.sorted(by: { $0.key < $1.key }) {
            for segment in try segments(of: date) {
                let range = ranges[segment.name]
                let rest = places.filter {
                    !found[$0] && segment.name.id < ids[$0] && range?.contains(ids[$0]) ?? true
                }
                if rest.isEmpty { continue }
                try search(segment) { lookup in
                    for place in rest { found[place] = lookup.contains(ids[place]) }
                }
            }
        }
        return found
    }

    /// The segment that has the line of an id; nil where none has.
    ///
    /// - Throws: `fileNotAccessible`.
    package func segment(of id: UUIDv7) throws(LeewayError) -> Segment? {
        for segment in try segments(of: Self.date(of: id)) where segment.name.id < id {
            if let range = ranges[segment.name], !range.contains(id) { continue }
            var isFound = false
            try search(segment) { isFound = $0.contains(id) }
            if isFound { return segment }
        }
        return nil
    }

    /// The line of an id without its line feed; nil where no JSON Lines segment has it: Parquet is for the engine.
    ///
    /// - Throws: `fileNotAccessible`.
    package func line(of id: UUIDv7) throws(LeewayError) -> [UInt8]? {
        guard let segment = try segment(of: id) else { return nil }
        guard let file = try LineFile.lines(of: segment) else { return nil }
        return LineSearch(file.descriptor, bytes: file.bytes).line(of: id)
    }

    /// A line's date is that of its segment: lines of two dates are never written in one go.
    private static func date(of id: UUIDv7) -> String { String(id.time.description.prefix(10)) }

    /// Gives what finds ids in a segment, unless it has been removed: its ids file, else the lines themselves.
    private func search(_ segment: Segment, _ body: (SegmentLookup) -> Void) throws(LeewayError) {
        // It may be sealed, or be compacted, between two of these.
        for path in [segment.idsPath] + segment.linePaths + [segment.idsPath] {
            guard let file = try LineFile(ifThere: path) else { continue }
            if path == segment.idsPath {
                let search = IDSearch(file.descriptor, bytes: file.bytes)
                if segment.state == .sealed, let range = search.range { ranges[segment.name] = range }
                body(.ids(search))
            } else {
                body(.lines(LineSearch(file.descriptor, bytes: file.bytes)))
            }
            return
        }
    }
}

extension Segment {
    /// Where its lines may be: it may be sealed at any moment.
    var linePaths: [String] { ["\(folder)/\(name)\(Self.openSuffix)", compactedPath] }

    /// Where its lines are once it is sealed, and what a compaction removes at last.
    var compactedPath: String { "\(folder)/\(name).\(Format.jsonLines.rawValue)" }
}

/// What finds ids in a segment.
enum SegmentLookup {
    case ids(IDSearch)
    case lines(LineSearch)

    func contains(_ id: UUIDv7) -> Bool {
        switch self {
        case .ids(let search): search.contains(id)
        case .lines(let search): search.range(of: id) != nil
        }
    }
}

/// Finds ids in an ids file by halving.
struct IDSearch {
    private static let width = 16
    /// So many ids are read at once.
    private static let block = 64

    private let descriptor: Int32
    private let count: Int
    /// The first and the last id; nil where there is none.
    private(set) var range: ClosedRange<UUIDv7>?

    /// Takes an open ids file.
    init(_ descriptor: Int32, bytes: Int) {
        self.descriptor = descriptor
        count = bytes / Self.width
        guard count > 0, let first = Self.ids(descriptor, 0, 1).first,
            let last = Self.ids(descriptor, count - 1, 1).first, first <= last
        else { return }
        range = first...last
    }

    func contains(_ id: UUIDv7) -> Bool {
        guard range?.contains(id) ?? false else { return false }
        var (low, high) = (0, count)
        while high - low > Self.block {
            let middle = (low + high) / 2
            guard let found = Self.ids(descriptor, middle, 1).first else { return false }
            if found <= id { low = middle } else { high = middle }
        }
        return Self.ids(descriptor, low, high - low).contains(id)
    }

    private static func ids(_ descriptor: Int32, _ place: Int, _ count: Int) -> [UUIDv7] {
        let bytes = LineFile.read(descriptor, at: place * width, count * width)
        return bytes.withUnsafeBytes { buffer in
            (0..<buffer.count / width).map { place in
                UUIDv7(
                    high: UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: place * 16, as: UInt64.self)),
                    low: UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: place * 16 + 8, as: UInt64.self)))
            }
        }
    }
}

/// Finds lines by their ids, which ascend, by halving the file.
struct LineSearch {
    /// What is left is read line by line.
    private static let block = 8 << 10

    private let descriptor: Int32
    private let bytes: Int

    /// Takes an open file of lines; only its first `bytes` are looked at.
    init(_ descriptor: Int32, bytes: Int) {
        self.descriptor = descriptor
        self.bytes = bytes
    }

    /// The line of an id without its line feed.
    func line(of id: UUIDv7) -> [UInt8]? {
        guard let range = range(of: id) else { return nil }
        let line = LineFile.read(descriptor, at: range.lowerBound, range.count - 1)
        return line.count == range.count - 1 ? line : nil
    }

    /// Where the line of an id is, its line feed included.
    func range(of id: UUIDv7) -> Range<Int>? {
        // The line begins within low ..< high.
        var (low, high) = (0, bytes)
        while high - low > Self.block {
            let middle = (low + high) / 2
            guard let (range, found) = firstLine(from: middle, before: high) else {
                high = middle
                continue
            }
            if found == id { return range }
            if found < id { low = range.upperBound } else { high = middle }
        }
        var result: Range<Int>?
        LineFile.forEachLine(of: descriptor, from: low, to: bytes) { start, line in
            guard start < high else { return false }
            if LineFile.id(of: line) == id { result = start..<start + line.count }
            return result == nil
        }
        return result
    }

    /// The first line with an id that begins at `place` or after, but before `end`.
    private func firstLine(from place: Int, before end: Int) -> (Range<Int>, UUIDv7)? {
        var result: (Range<Int>, UUIDv7)?
        var isFirst = true
        // From one byte earlier: what is there is the end of a line before, if only its line feed.
        LineFile.forEachLine(of: descriptor, from: place - 1, to: bytes) { start, line in
            if isFirst {
                isFirst = false
                return true
            }
            guard start < end else { return false }
            if let id = LineFile.id(of: line) { result = (start..<start + line.count, id) }
            return result == nil
        }
        return result
    }
}
