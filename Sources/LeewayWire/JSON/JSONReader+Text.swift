extension JSONReader {
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// Reads a string.
    ///
    /// - Precondition: its opening quote is at `position`.
    @inline(__always)
    mutating func text() throws(JSONFailure) -> JSONText {
        let start = position + 1
        let end = try endOfPlainText(from: start)
        if byte(at: end) == Self.quote {
            position = end + 1
            return .slice(start..<end)
        }
        return try escapedText(from: start, firstEscape: end)
    }

    /// The first quote or backslash at or after a place, all bytes before it being allowed in a string.
    private func endOfPlainText(from start: Int) throws(JSONFailure) -> Int {
        var place = start
        while true {
            while let word = word(at: place) {
                let marks = Self.marks(in: word)
                if marks != 0 {
                    place += marks.trailingZeroBitCount / 8
                    break
                }
                place += 8
            }
            let next = byte(at: place)
            if next == Self.quote || next == Self.backslash { return place }
            if next >= 0x80 {
                place += try lengthOfScalar(at: place)
            } else if next >= 0x20 {
                place += 1
            } else {
                throw unexpectedControl(at: place)
            }
        }
    }

    /// The high bit of each byte that is a quote, a backslash, a control character or not ASCII.
    ///
    /// Bits above the lowest one may be wrong, by the borrow of a byte that is marked.
    @inline(__always)
    private static func marks(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word ^ (ones &* UInt64(quote))) &- ones
        let backslashes = (word ^ (ones &* UInt64(backslash))) &- ones
        let controls = word &- ones &* 0x20
        return (quotes | backslashes | controls | word) & (ones &* 0x80)
    }

    /// The length of the well-formed UTF-8 sequence at a place (Unicode 16, table 3-7).
    private func lengthOfScalar(at place: Int) throws(JSONFailure) -> Int {
        let second = byte(at: place + 1)
        let length: Int
        let seconds: ClosedRange<UInt8>
        switch byte(at: place) {
        case 0xC2...0xDF: (length, seconds) = (2, 0x80...0xBF)
        case 0xE0: (length, seconds) = (3, 0xA0...0xBF)
        case 0xED: (length, seconds) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, seconds) = (3, 0x80...0xBF)
        case 0xF0: (length, seconds) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, seconds) = (4, 0x80...0xBF)
        case 0xF4: (length, seconds) = (4, 0x80...0x8F)
        default: throw JSONFailure("bytes that are not UTF-8", at: place)
        }
        guard seconds.contains(second),
            length < 3 || byte(at: place + 2) & 0xC0 == 0x80,
            length < 4 || byte(at: place + 3) & 0xC0 == 0x80
        else { throw JSONFailure("bytes that are not UTF-8", at: place) }
        return length
    }

    /// Reads the rest of a string that has escapes.
    ///
    /// - Complexity: O(n): every stretch between escapes is copied once.
    @inline(never)
    private mutating func escapedText(from start: Int, firstEscape: Int) throws(JSONFailure) -> JSONText {
        var unescaped = [UInt8](slice(start..<firstEscape))
        var place = firstEscape
        while byte(at: place) == Self.backslash {
            place = try unescape(at: place, into: &unescaped)
            let end = try endOfPlainText(from: place)
            unescaped.append(contentsOf: slice(place..<end))
            place = end
        }
        position = place + 1
        return .owned(unescaped)
    }

    /// Appends what an escape stands for and tells the place after it.
    private func unescape(at place: Int, into unescaped: inout [UInt8]) throws(JSONFailure) -> Int {
        switch byte(at: place + 1) {
        case Self.quote: unescaped.append(Self.quote)
        case Self.backslash: unescaped.append(Self.backslash)
        case UInt8(ascii: "/"): unescaped.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): return try unescapeUnit(at: place, into: &unescaped)
        default: throw JSONFailure("an unknown escape in a string", at: place)
        }
        return place + 2
    }

    /// Appends what `\uXXXX`, or a surrogate pair of them, stands for.
    private func unescapeUnit(at place: Int, into unescaped: inout [UInt8]) throws(JSONFailure) -> Int {
        var (code, end) = (try unit(at: place), place + 6)
        if (0xD800...0xDBFF).contains(code), byte(at: end) == Self.backslash, byte(at: end + 1) == UInt8(ascii: "u") {
            let low = try unit(at: end)
            if (0xDC00...0xDFFF).contains(low) {
                (code, end) = (0x10000 + (code - 0xD800) << 10 + (low - 0xDC00), end + 6)
            }
        }
        guard let scalar = Unicode.Scalar(code) else { throw JSONFailure("a lone surrogate in a string", at: place) }
        unescaped.append(contentsOf: scalar.utf8)
        return end
    }

    /// The number that the four digits of `\uXXXX` spell.
    private func unit(at place: Int) throws(JSONFailure) -> UInt32 {
        var code: UInt32 = 0
        for digit in place + 2..<place + 6 {
            let next = byte(at: digit)
            switch next {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): code = code << 4 | UInt32(next - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): code = code << 4 | UInt32(next - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): code = code << 4 | UInt32(next - UInt8(ascii: "A") + 10)
            default: throw expected("a hexadecimal digit", at: digit)
            }
        }
        return code
    }

    @inline(never)
    private func unexpectedControl(at place: Int) -> JSONFailure {
        place < count
            ? JSONFailure("a control character in a string", at: place) : expected("the end of a string", at: place)
    }
}
