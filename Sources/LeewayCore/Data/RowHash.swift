/// The hash of a row's content, 128 bits, the same on every machine and in every version.
///
/// A cell's hash is, of a text, that of its UTF-8 bytes; of a number, that of its `Double`; a missing value has one of its
/// own. A row's hash takes its cells in the order of the columns.
package struct RowHash: Sendable, Equatable {
    /// The hash of a missing value.
    package static let missing: UInt64 = 0xA409_3822_299F_31D0

    private static let keys: (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03)

    /// One half; enough to draw by.
    package private(set) var first: UInt64 = 0x243F_6A88_85A3_08D3
    /// The other half, which keeps distinct rows apart where the first does not.
    package private(set) var second: UInt64 = 0x1319_8A2E_0370_7344

    /// The hash of no cell.
    package init() {}

    /// Both halves as one number.
    package var wide: UInt128 { UInt128(first) << 64 | UInt128(second) }

    /// Takes the hash of the row's next cell.
    @inline(__always)
    package mutating func combine(_ cell: UInt64) {
        first = Self.folded(first ^ cell, Self.keys.0)
        second = Self.folded(second &+ cell, Self.keys.1)
    }

    /// The hash of a number: equal numbers have equal hashes, whatever type they were read from.
    @inline(__always)
    package static func hash(_ number: Double) -> UInt64 {
        number.isNaN ? missing : folded((number + 0).bitPattern ^ keys.0, keys.1)
    }

    /// The hash of a text's bytes.
    package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var state = UInt64(raw.count) ^ keys.1
        var place = 0
        while place + 8 <= raw.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            state = folded(state ^ word, keys.0)
            place += 8
        }
        var tail: UInt64 = 0
        while place < raw.count {
            tail = tail << 8 | UInt64(raw[place])
            place += 1
        }
        return folded(state ^ tail ^ 0x8000_0000_0000_0000, keys.1)
    }

    /// The 128-bit product of two words, its halves folded.
    @inline(__always)
    private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
