/// The name of a run: a UUID of version 7, so that names sort by the time at which they were made.
public struct RunID: Sendable, Hashable, CustomStringConvertible {
    /// 36 lower-case characters: `019ab3c0-…`.
    public let description: String

    /// Makes a name from the time and 74 random bits (the rest of the two words is not used).
    public init(_ time: Timestamp, random: (UInt64, UInt64)) {
        description = UUIDv7(time, random: random).description
    }

    /// Takes a name as it stands in a registry; nil where it is none.
    public init?(_ text: String) {
        let lengths = text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
        let isHex = text.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard lengths == [8, 4, 4, 4, 12], isHex else { return nil }
        description = text
    }
}
