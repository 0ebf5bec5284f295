/// Reads JSON (RFC 8259) from bytes, value by value, strictly.
///
/// - Memory: no byte outside the input is read, whatever it holds: all reads go through `byte(at:)`, `word(at:)` and
///   `slice(_:)`, which compare with the end in release builds too. The input must outlive the reader.
/// - Cost: plain numbers, literals and strings without escapes allocate nothing.
/// - Use: after a failure the reader has no defined place; drop it.
package struct JSONReader {
    /// What begins at the present place.
    package enum Kind: Sendable { case object, array, string, number, boolean, null }

    /// The deepest nesting that may be asked for: skipping and `JSONValue` call themselves once a level.
    package static let greatestDepth = 512

    private let bytes: UnsafeRawBufferPointer
    private let maximumDepth: Int
    private var depth = 0
    /// Whether a container was just begun, so that no comma comes before its next member.
    private var isFresh = false
    /// The next byte to read, from 0.
    package internal(set) var position = 0
    /// The opening quote of the key that `nextKey` read last.
    package private(set) var keyPosition = 0

    /// Reads from the first byte.
    ///
    /// - Precondition: `maximumDepth` is 1 … 512.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int = 64) {
        precondition((1...Self.greatestDepth).contains(maximumDepth), "maximumDepth is 1 … 512.")
        self.bytes = UnsafeRawBufferPointer(bytes)
        self.maximumDepth = maximumDepth
    }

    /// The kind of the next value, whose first byte is then at `position`.
    package mutating func peek() throws(JSONFailure) -> Kind {
        switch nextByte() {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return .number
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        default: throw expected("a value", at: position)
        }
    }

    /// Enters an object; `nextKey` then gives its keys.
    package mutating func beginObject() throws(JSONFailure) {
        guard nextByte() == UInt8(ascii: "{") else { throw expected("an object", at: position) }
        try descend()
    }

    /// The next key, whose value is to be read before the next call; nil where the object has ended.
    package mutating func nextKey() throws(JSONFailure) -> JSONText? {
        var next = nextByte()
        if next == UInt8(ascii: "}") {
            ascend()
            return nil
        }
        if isFresh {
            isFresh = false
            guard next == UInt8(ascii: "\"") else { throw expected("a key or '}'", at: position) }
        } else {
            guard next == UInt8(ascii: ",") else { throw expected("',' or '}'", at: position) }
            position += 1
            next = nextByte()
            guard next == UInt8(ascii: "\"") else { throw expected("a key", at: position) }
        }
        keyPosition = position
        let key = try text()
        guard nextByte() == UInt8(ascii: ":") else { throw expected("':'", at: position) }
        position += 1
        return key
    }

    /// Enters an array; `nextElement` then goes through it.
    package mutating func beginArray() throws(JSONFailure) {
        guard nextByte() == UInt8(ascii: "[") else { throw expected("an array", at: position) }
        try descend()
    }

    /// Whether there is a next element, which is to be read before the next call; false where the array has ended.
    package mutating func nextElement() throws(JSONFailure) -> Bool {
        let next = nextByte()
        if next == UInt8(ascii: "]") {
            ascend()
            return false
        }
        if isFresh {
            isFresh = false
            guard position < bytes.count else { throw expected("a value or ']'", at: position) }
        } else {
            guard next == UInt8(ascii: ",") else { throw expected("',' or ']'", at: position) }
            position += 1
            guard nextByte() != UInt8(ascii: "]") else { throw expected("a value", at: position) }
        }
        return true
    }

    /// Reads a string.
    package mutating func readText() throws(JSONFailure) -> JSONText {
        guard nextByte() == UInt8(ascii: "\"") else { throw expected("a string", at: position) }
        return try text()
    }

    /// Reads `true` or `false`.
    package mutating func readBoolean() throws(JSONFailure) -> Bool {
        switch nextByte() {
        case UInt8(ascii: "t") where take("true"): return true
        case UInt8(ascii: "f") where take("false"): return false
        default: throw expected("true or false", at: position)
        }
    }

    /// Reads `null`.
    package mutating func readNull() throws(JSONFailure) {
        guard nextByte() == UInt8(ascii: "n"), take("null") else { throw expected("null", at: position) }
    }

    /// Passes over a value of any kind, all of which is checked nevertheless.
    package mutating func skipValue() throws(JSONFailure) {
        switch try peek() {
        case .string: _ = try text()
        case .number: _ = try readNumber()
        case .boolean: _ = try readBoolean()
        case .null: try readNull()
        case .array:
            try beginArray()
            while try nextElement() { try skipValue() }
        case .object:
            try beginObject()
            while try nextKey() != nil { try skipValue() }
        }
    }

    /// Checks that nothing but white space follows.
    package mutating func finish() throws(JSONFailure) {
        _ = nextByte()
        guard position == bytes.count else { throw JSONFailure("nothing may follow the value", at: position) }
        guard depth == 0 else { throw JSONFailure("the document ends within an object or array", at: position) }
    }

    /// Calls `body` with the bytes of a text that this reader gave.
    package func withBytes<R>(of text: JSONText, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        switch text {
        case .slice(let range): body(slice(range))
        case .owned(let bytes): bytes.withUnsafeBufferPointer(body)
        }
    }

    /// A text that this reader gave, as a `String`.
    package func string(_ text: JSONText) -> String {
        withBytes(of: text) { String(decoding: $0, as: UTF8.self) }
    }
}

// How bytes are reached: nothing else touches `bytes`.
extension JSONReader {
    /// The length of the input.
    var count: Int { bytes.count }

    /// The byte at a place, or NUL past the end: NUL is allowed nowhere in JSON, so the end needs no check of its own.
    @inline(__always)
    func byte(at place: Int) -> UInt8 {
        UInt(bitPattern: place) < UInt(bitPattern: bytes.count) ? bytes[place] : 0
    }

    /// The eight bytes from a place, the first lowest; nil where there are fewer.
    @inline(__always)
    func word(at place: Int) -> UInt64? {
        guard place >= 0, place <= bytes.count - 8 else { return nil }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// The bytes of a range.
    ///
    /// - Precondition: the range lies within the input.
    func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "The text is not this reader's.")
        return UnsafeRawBufferPointer(rebasing: bytes[range]).assumingMemoryBound(to: UInt8.self)
    }

    /// Passes over white space and tells the byte after it, NUL at the end.
    @inline(__always)
    mutating func nextByte() -> UInt8 {
        let next = byte(at: position)
        if next > 0x20 { return next }
        // One space, as most writers put after a colon or comma, without a call.
        let second = byte(at: position + 1)
        guard next == 0x20, second > 0x20 else { return byteAfterSpace() }
        position += 1
        return second
    }

    @inline(never)
    private mutating func byteAfterSpace() -> UInt8 {
        var place = position
        var next = byte(at: place)
        while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 {
            place += 1
            next = byte(at: place)
        }
        position = place
        return next
    }

    /// Passes over a literal, if it is there.
    @inline(__always)
    private mutating func take(_ literal: StaticString) -> Bool {
        for place in 0..<literal.utf8CodeUnitCount where byte(at: position + place) != literal.utf8Start[place] {
            return false
        }
        position += literal.utf8CodeUnitCount
        return true
    }

    @inline(__always)
    private mutating func descend() throws(JSONFailure) {
        guard depth < maximumDepth else {
            throw JSONFailure("nested deeper than \(maximumDepth) levels", at: position)
        }
        depth += 1
        position += 1
        isFresh = true
    }

    @inline(__always)
    private mutating func ascend() {
        depth -= 1
        position += 1
        isFresh = false
    }

    /// The failure of a place where something else stands, or nothing.
    @inline(never)
    func expected(_ what: String, at place: Int) -> JSONFailure {
        if place >= bytes.count { return JSONFailure("the document ends where \(what) is expected", at: bytes.count) }
        if place == 0, byte(at: 0) == 0xEF, byte(at: 1) == 0xBB, byte(at: 2) == 0xBF {
            return JSONFailure("the document begins with a byte order mark", at: 0)
        }
        return JSONFailure("\(what) is expected", at: place)
    }
}
