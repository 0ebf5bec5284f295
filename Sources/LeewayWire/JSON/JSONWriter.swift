/// Appends JSON to bytes.
///
/// Commas, colons and brackets are the caller's, by `raw`: nothing is counted or checked while a reply is written.
package struct JSONWriter: Sendable {
    /// What has been written.
    package var bytes: [UInt8] = []

    /// Starts with nothing, and room for the given number of bytes.
    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Appends bytes that are JSON already.
    package mutating func raw(_ json: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    /// Appends bytes that are JSON already.
    package mutating func raw(_ json: [UInt8]) {
        // Not as an array, which `append` would retain.
        json.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// Appends bytes that are JSON already.
    package mutating func raw(_ json: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: json) }

    /// Appends a byte that is JSON already, such as a comma.
    package mutating func raw(_ json: UInt8) { bytes.append(json) }

    /// Appends `true` or `false`.
    package mutating func boolean(_ value: Bool) { value ? raw("true") : raw("false") }

    /// Appends `null`.
    package mutating func null() { raw("null") }

    /// Appends a string, with its quotes.
    package mutating func text(_ value: String) {
        if value.utf8.withContiguousStorageIfAvailable({ text($0) }) == nil {
            Array(value.utf8).withUnsafeBufferPointer { text($0) }
        }
    }

    /// Appends a string, with its quotes.
    ///
    /// - Precondition: the bytes are valid UTF-8, as those of a `JSONText` are.
    package mutating func text(_ utf8: UnsafeBufferPointer<UInt8>) {
        bytes.append(Self.quote)
        var start = 0
        while true {
            let end = Self.endOfPlainText(utf8, from: start)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<end]))
            guard end < utf8.count else { break }
            escape(utf8[end])
            start = end + 1
        }
        bytes.append(Self.quote)
    }

    /// A string as JSON, with its quotes, to be made once and appended often.
    package static func fragment(of value: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.text(value)
        return writer.bytes
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// The first byte at or after a place that needs an escape, or the end.
    private static func endOfPlainText(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(utf8)
        let ones: UInt64 = 0x0101_0101_0101_0101
        var place = start
        while place <= raw.count - 8 {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            let quotes = (word ^ (ones &* UInt64(quote))) &- ones
            let backslashes = (word ^ (ones &* UInt64(backslash))) &- ones
            let controls = word &- ones &* 0x20
            // Exact up to the lowest mark; a byte of 0x80 or more borrows nothing and is none.
            let marks = (quotes | backslashes | controls) & ~word & (ones &* 0x80)
            if marks != 0 { return place + marks.trailingZeroBitCount / 8 }
            place += 8
        }
        while place < raw.count, raw[place] >= 0x20, raw[place] != quote, raw[place] != backslash { place += 1 }
        return place
    }

    /// Appends the escape of a quote, a backslash or a control character.
    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case Self.quote: raw("\\\"")
        case Self.backslash: raw("\\\\")
        case 0x08: raw("\\b")
        case 0x09: raw("\\t")
        case 0x0A: raw("\\n")
        case 0x0C: raw("\\f")
        case 0x0D: raw("\\r")
        default:
            raw("\\u00")
            bytes.append(UInt8(ascii: "0") + byte >> 4)
            let low = byte & 15
            bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
