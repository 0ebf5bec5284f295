import LeewayStats

/// A number of 0 ..< 1 for each row, drawn from a seed, a name and the row's number alone.
///
/// What a change draws depends on no other change, and rows can be drawn in any order, by any query engine: all that it takes
/// is 32-bit arithmetic.
///
/// - Resolution: 2⁻³². Period: 2³² rows.
/// - Source: twice the hash `lowbias32` of Wellons, "Prospecting for Hash Functions" (2018), with a key before each.
package struct RowDraw: Sendable, Equatable {
    /// Multiplies twice.
    package static let multipliers: (UInt32, UInt32) = (0x7FEB_352D, 0x846C_A68B)
    /// Shifts to the right three times, before, between and behind the multiplications.
    package static let shifts = (16, 15, 16)

    /// What is added to a row's number, and what the hash of that is mixed with.
    package let keys: (first: UInt32, second: UInt32)

    /// The draws of a seed under a name.
    package init(seed: UInt64, name: String) {
        var generator = SeededGenerator(seed: seed, stream: Self.stream(name))
        let word = generator.next()
        keys = (UInt32(truncatingIfNeeded: word >> 32), UInt32(truncatingIfNeeded: word))
    }

    /// The draw of a row: its 32 bits, divided by 2³².
    package func uniform(_ row: UInt32) -> Double {
        Double(Self.mix(Self.mix(row &+ keys.first) ^ keys.second)) * 0x1p-32
    }

    package static func == (left: Self, right: Self) -> Bool { left.keys == right.keys }

    private static func mix(_ word: UInt32) -> UInt32 {
        var word = word
        word = (word ^ (word >> shifts.0)) &* multipliers.0
        word = (word ^ (word >> shifts.1)) &* multipliers.1
        return word ^ (word >> shifts.2)
    }

    /// FNV-1a, 64 bits, of the name's UTF-8 bytes.
    private static func stream(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
