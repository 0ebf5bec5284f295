import LeewayCore

extension UUIDv7 {
    /// Writes the 36 characters to where `target` points, eight at a time.
    @inline(__always)
    func write(to target: UnsafeMutableRawPointer) {
        let (first, second) = (Self.hex(high >> 32), Self.hex(high & 0xFFFF_FFFF))
        let (third, fourth) = (Self.hex(low >> 32), Self.hex(low & 0xFFFF_FFFF))
        target.storeBytes(of: first, as: UInt64.self)
        target.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 8, as: UInt8.self)
        target.storeBytes(of: UInt32(truncatingIfNeeded: second), toByteOffset: 9, as: UInt32.self)
        target.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 13, as: UInt8.self)
        target.storeBytes(of: UInt32(truncatingIfNeeded: second >> 32), toByteOffset: 14, as: UInt32.self)
        target.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 18, as: UInt8.self)
        target.storeBytes(of: UInt32(truncatingIfNeeded: third), toByteOffset: 19, as: UInt32.self)
        target.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 23, as: UInt8.self)
        target.storeBytes(of: UInt32(truncatingIfNeeded: third >> 32), toByteOffset: 24, as: UInt32.self)
        target.storeBytes(of: fourth, toByteOffset: 28, as: UInt64.self)
    }

    /// Eight hexadecimal digits of a number below 2³², the first in the lowest byte: all machines of ours are
    /// little-endian.
    @inline(__always)
    private static func hex(_ number: UInt64) -> UInt64 {
        var digits = (number & 0xFFFF) << 32 | number >> 16
        digits = (digits & 0x0000_00FF_0000_00FF) << 16 | (digits & 0x0000_FF00_0000_FF00) >> 8
        digits = (digits & 0x000F_000F_000F_000F) << 8 | (digits & 0x00F0_00F0_00F0_00F0) >> 4
        let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return digits + 0x3030_3030_3030_3030 + letters * 0x27
    }
}
