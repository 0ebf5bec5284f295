/// A number of bytes, as people write it: `64MB`, `1.5GB`, `1MiB`, `4096`.
package struct ByteSize: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The bytes; never below zero.
    package let bytes: Int

    /// Takes the bytes.
    package init(bytes: Int) {
        precondition(bytes >= 0, "A size is zero or more.")
        self.bytes = bytes
    }

    /// Reads a number and a unit in either case: KB, MB, GB and TB are powers of 1000, KiB … TiB of 1024; nil for anything else.
    package init?(_ text: String) {
        guard let (number, unit) = WrittenQuantity.split(text) else { return nil }
        let factors = Dictionary(uniqueKeysWithValues: Self.units.map { ($0.name.lowercased(), $0.bytes) })
        guard let factor = unit.isEmpty ? 1 : factors[unit.lowercased()] else { return nil }
        guard let bytes = WrittenQuantity.whole(number, times: factor) else { return nil }
        self.bytes = bytes
    }

    /// The shortest way to write the same number of bytes: `64MB`.
    package var description: String {
        let unit = Self.units.last { bytes >= $0.bytes && bytes.isMultiple(of: $0.bytes) && $0.bytes > 1 }
        return unit.map { "\(bytes / $0.bytes)\($0.name)" } ?? "\(bytes)"
    }

    /// The smaller comes first.
    package static func < (left: ByteSize, right: ByteSize) -> Bool { left.bytes < right.bytes }

    private static let units: [(name: String, bytes: Int)] = [
        ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
        ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
    ]
}
