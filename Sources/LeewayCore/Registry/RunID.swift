/// The name of a run: a UUID of version 7, so that names sort by the time at which they were made.
public struct RunID: Sendable, Hashable, CustomStringConvertible {
    /// 36 lower-case characters: `019ab3c0-…`.
    public let description: String

    /// Makes a name from the time and 74 random bits (the rest of the two words is not used).
    ///
    /// - Source: RFC 9562, section 5.7.
    public init(_ time: Timestamp, random: (UInt64, UInt64)) {
        let high = UInt64(bitPattern: time.milliseconds) << 16 | 0x7000 | random.0 & 0x0FFF
        let low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
        let digits = Array([high, low].map { Self.hex($0) }.joined())
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        description = cuts.map { String(digits[$0]) }.joined(separator: "-")
    }

    /// Takes a name as it stands in a registry; nil where it is none.
    public init?(_ text: String) {
        let lengths = text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
        let isHex = text.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard lengths == [8, 4, 4, 4, 12], isHex else { return nil }
        description = text
    }

    private static func hex(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
