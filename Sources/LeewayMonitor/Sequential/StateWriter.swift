/// A detector's state as bytes: whole numbers in LEB128, fractions bit for bit.
struct StateWriter: Sendable {
    /// What the first number of a sealed state says.
    static let version = 1

    private(set) var bytes: [UInt8] = []

    /// Adds a whole number that is not negative.
    mutating func append(_ number: Int) {
        var rest = UInt64(number)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Adds eight bytes, least significant first.
    mutating func append(word: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
    }

    /// Adds a number's bits.
    mutating func append(_ number: Double) { append(word: number.bitPattern) }

    /// Adds numbers, the count of which the reader knows.
    mutating func append(_ numbers: some Sequence<Double>) { for number in numbers { append(number) } }

    /// The state with a version and its detector's fingerprint before it, and a checksum after it.
    func sealed(_ fingerprint: UInt64) -> [UInt8] {
        var sealed = StateWriter()
        sealed.append(Self.version)
        sealed.append(word: fingerprint)
        sealed.bytes += bytes
        sealed.append(word: StateReader.checksum(sealed.bytes))
        return sealed.bytes
    }
}
