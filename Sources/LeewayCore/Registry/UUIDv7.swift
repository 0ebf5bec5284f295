/// A UUID of version 7: 48 bits of milliseconds since 1970, then 74 random bits, so that names sort by time.
///
/// - Source: RFC 9562, section 5.7.
public struct UUIDv7: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// How many characters the text of a UUID has.
    public static let textLength = 36

    /// Time, version and 12 random bits.
    public let high: UInt64
    /// Variant and 62 random bits.
    public let low: UInt64

    /// Takes the time and 74 random bits: the lowest 12 of the first word, the lowest 62 of the second.
    public init(_ time: Timestamp, random: (UInt64, UInt64)) {
        high = UInt64(bitPattern: time.milliseconds) << 16 | 0x7000 | random.0 & 0x0FFF
        low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
    }

    /// Takes the two words as they stand; version and variant are set.
    public init(high: UInt64, low: UInt64) {
        self.high = high & ~0xF000 | 0x7000
        self.low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// Reads `019ab3c0-1234-7abc-89ab-0123456789ab`, in either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let read = text.withUTF8({ Self(bytes: $0) }) else { return nil }
        self = read
    }

    /// Reads the 36 characters of a UUID; nil for anything else.
    public init?(bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == Self.textLength else { return nil }
        var (words, digits) = ((UInt64(0), UInt64(0)), 0)
        for (place, byte) in bytes.enumerated() {
            if Self.isDash(place) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Self.digit(byte) else { return nil }
            if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
            digits += 1
        }
        guard words.0 & 0xF000 == 0x7000, words.1 >> 62 == 0b10 else { return nil }
        (high, low) = words
    }

    /// The time that the name holds.
    public var time: Timestamp { Timestamp(milliseconds: Int64(high >> 16)) }

    /// 36 lower-case characters.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.textLength) { buffer in
            write(to: buffer)
            return Self.textLength
        }
    }

    /// Writes the 36 characters of the name to the start of `buffer`, which must hold as many.
    public func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
        precondition(buffer.count >= Self.textLength, "A UUID needs 36 bytes.")
        var (word, digits) = (high, 0)
        for place in 0..<Self.textLength {
            if Self.isDash(place) {
                buffer[place] = UInt8(ascii: "-")
                continue
            }
            if digits == 16 { word = low }
            let digit = UInt8(truncatingIfNeeded: word >> 60)
            buffer[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
            word <<= 4
            digits += 1
        }
    }

    /// The one made first comes first.
    public static func < (left: UUIDv7, right: UUIDv7) -> Bool { (left.high, left.low) < (right.high, right.low) }

    private static func isDash(_ place: Int) -> Bool { place == 8 || place == 13 || place == 18 || place == 23 }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x61...0x66: UInt64(byte - 0x57)
        case 0x41...0x46: UInt64(byte - 0x37)
        default: nil
        }
    }
}
