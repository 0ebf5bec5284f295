import LeewayCore
import LeewayStore
import LeewayWire

/// What one pass over the lines of a sealed segment finds: how many can be read, where the others are, what they hold.
///
/// A line can be read if it is one JSON object whose columns have their types and no name stands twice: what the engine
/// then reads of it is what was written.
struct SegmentScan: Sendable {
    /// A version whose lines the segment has.
    struct Version: Hashable, Sendable {
        let model: String
        let number: Int
    }

    /// The lines that can be read.
    private(set) var lineCount = 0
    private(set) var damagedCount = 0
    /// Where the lines are that can't be read, in bytes; neighbours are joined.
    private(set) var damaged: [Range<Int>] = []
    /// All bytes of the file.
    private(set) var bytes = 0
    private(set) var longestLine = 0
    /// The smallest and the largest id of the lines that can be read.
    private(set) var ids: ClosedRange<UUIDv7>?
    /// Whether each id is larger than the one before.
    private(set) var isAscending = true
    /// The lines that begin with an id, whether they can be read or not.
    private(set) var idCount = 0
    private(set) var versions: Set<Version> = []
    /// The members of the inputs.
    private(set) var inputs = SeenFields()
    /// The members of lines that are no columns of the log.
    private(set) var extras = SeenFields()

    private let columns: [LogColumn]
    private var lastID: UUIDv7?
    private var lastTime: [UInt8] = []
    private var model = ""
    private var number: Int?
    private var lastVersion: Version?

    /// Reads all lines of a sealed segment.
    ///
    /// - Throws: `fileNotAccessible`, `interrupted`.
    init(of segment: Segment, _ kind: LogKind) throws {
        columns = kind.columns
        try LogFolder.forEachLine(of: segment.path) { line in
            if lineCount & 0xFFF == 0, Task.isCancelled {
                throw LeewayError(.interrupted, "The compaction was cancelled.")
            }
            add(line)
        }
        // What follows the last line feed is no line, and goes where damaged ones go.
        if case .file(let length)? = FileSystem.kind(of: segment.path), length > bytes { skip(length - bytes) }
    }

    /// Where the lines are that can be read, in bytes.
    var good: [Range<Int>] {
        var (ranges, place) = ([Range<Int>](), 0)
        for range in damaged {
            if place < range.lowerBound { ranges.append(place..<range.lowerBound) }
            place = range.upperBound
        }
        if place < bytes { ranges.append(place..<bytes) }
        return ranges
    }

    private mutating func add(_ line: UnsafeBufferPointer<UInt8>) {
        if LogFolder.beginsWithID(line) { idCount += 1 }
        guard let id = read(line) else { return skip(line.count + 1) }
        inputs.keepRow()
        extras.keepRow()
        if let number {
            let version = Version(model: model, number: number)
            if version != lastVersion {
                versions.insert(version)
                lastVersion = version
            }
        }
        if let lastID, id <= lastID { isAscending = false }
        lastID = id
        ids = min(ids?.lowerBound ?? id, id)...max(ids?.upperBound ?? id, id)
        lineCount += 1
        longestLine = max(longestLine, line.count + 1)
        bytes += line.count + 1
    }

    private mutating func skip(_ count: Int) {
        damagedCount += 1
        if let last = damaged.last, last.upperBound == bytes {
            damaged[damaged.count - 1] = last.lowerBound..<bytes + count
        } else {
            damaged.append(bytes..<bytes + count)
        }
        bytes += count
    }

    /// The id of a line that can be read.
    private mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> UUIDv7? {
        do throws(JSONFailure) {
            return try readMembers(line)
        } catch {
            return nil
        }
    }

    private mutating func readMembers(_ line: UnsafeBufferPointer<UInt8>) throws(JSONFailure) -> UUIDv7? {
        var json = JSONReader(line)
        var (seen, next, id) = (0, 0, UUIDv7?.none)
        inputs.beginRow()
        extras.beginRow()
        number = nil
        try json.beginObject()
        while let key = try json.nextKey() {
            guard let place = json.withBytes(of: key, { find($0, from: next) }) else {
                guard try extras.read(key, &json) else { return nil }
                continue
            }
            guard seen & 1 << place == 0 else { return nil }
            next = place + 1
            seen |= 1 << place
            let column = columns[place]
            if try json.peek() == .null {
                try json.readNull()
                if column.isRequired { return nil }
                continue
            }
            guard try isValue(of: column, &json, &id) else { return nil }
        }
        try json.finish()
        let isWhole = columns.indices.allSatisfy { !columns[$0].isRequired || seen & 1 << $0 != 0 }
        return isWhole ? id : nil
    }

    /// Reads a value, and tells whether it is one of the column.
    private mutating func isValue(
        of column: LogColumn, _ json: inout JSONReader, _ id: inout UUIDv7?
    ) throws(JSONFailure) -> Bool {
        switch column.kind {
        case .id:
            let text = try json.readText()
            guard let read = json.withBytes(of: text, { UUIDv7(bytes: $0) }) else { return false }
            if column.name == "id" { id = read }
        case .time:
            let text = try json.readText()
            return json.withBytes(of: text) { isTime($0) }
        case .text:
            let text = try json.readText()
            if column.name == "model", !json.withBytes(of: text, { $0.elementsEqual(model.utf8) }) {
                model = json.string(text)
            }
        case .integer:
            guard let value = Int32(exactly: try json.readNumber().value) else { return false }
            if column.name == "version" { number = Int(value) }
        case .longInteger: return Int64(exactly: try json.readNumber().value) != nil
        case .number: _ = try json.readNumber()
        case .inputs:
            try json.beginObject()
            while let key = try json.nextKey() {
                guard try inputs.read(key, &json) else { return false }
            }
        }
        return true
    }

    private mutating func isTime(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // The rows of a request share their time.
        if lastTime.elementsEqual(text) { return true }
        guard Timestamp(String(decoding: text, as: UTF8.self)) != nil else { return false }
        lastTime = Array(text)
        return true
    }

    private func find(_ key: UnsafeBufferPointer<UInt8>, from next: Int) -> Int? {
        if next < columns.count, key.elementsEqual(columns[next].name.utf8) { return next }
        return columns.firstIndex { key.elementsEqual($0.name.utf8) }
    }
}
