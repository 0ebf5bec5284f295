import LeewayCore

/// Reads what a `StateWriter` wrote; bytes that no detector wrote are refused and never trap.
struct StateReader: Sendable {
    private let bytes: [UInt8]
    private var place = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Opens what `StateWriter` sealed.
    ///
    /// - Throws: `damagedArtifact` where it is not whole, of another version, or of another detector.
    init(unsealing bytes: [UInt8], _ fingerprint: UInt64) throws(LeewayError) {
        guard bytes.count >= 17 else { throw Self.damaged("it is not whole") }
        let body = Array(bytes.dropLast(8))
        var end = StateReader(Array(bytes.suffix(8)))
        guard try end.word() == Self.checksum(body) else { throw Self.damaged("it is not whole") }
        self.init(body)
        guard try count() == StateWriter.version else { throw Self.damaged("it is of another version") }
        guard try word() == fingerprint else {
            throw Self.damaged("it is of a detector with another reference or other settings")
        }
    }

    static func checksum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBufferPointer { RowHash.hash($0) } }

    /// Whether all bytes were read.
    var isAtEnd: Bool { place == bytes.count }

    /// A whole number that is not negative; none is above 2⁵⁴.
    mutating func count(atMost limit: Int = 1 << 54) throws(LeewayError) -> Int {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            guard place < bytes.count else { throw Self.damaged("it ends too early") }
            let byte = bytes[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            guard byte < 0x80 else { continue }
            guard number <= UInt64(max(0, limit)), limit >= 0 else { throw Self.damaged("a number is too large") }
            return Int(number)
        }
        throw Self.damaged("a number is too large")
    }

    /// Eight bytes.
    mutating func word() throws(LeewayError) -> UInt64 {
        guard bytes.count - place >= 8 else { throw Self.damaged("it ends too early") }
        let word = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
        place += 8
        return word
    }

    /// A number that is 0 or more; ∞ is one.
    mutating func amount() throws(LeewayError) -> Double {
        let number = Double(bitPattern: try word())
        guard number >= 0 else { throw Self.damaged("a number is negative or none") }
        return number
    }

    /// Any number but NaN.
    mutating func number() throws(LeewayError) -> Double {
        let number = Double(bitPattern: try word())
        guard !number.isNaN else { throw Self.damaged("a number is none") }
        return number
    }

    /// So many numbers that are 0 or more, or any but NaN.
    mutating func amounts(_ count: Int, signed: Bool = false) throws(LeewayError) -> [Double] {
        guard (bytes.count - place) / 8 >= count else { throw Self.damaged("it ends too early") }
        var amounts: [Double] = []
        amounts.reserveCapacity(count)
        for _ in 0..<count { amounts.append(signed ? try number() : try amount()) }
        return amounts
    }

    static func damaged(_ reason: String) -> LeewayError {
        LeewayError(.damagedArtifact, "A detector's stored state can't be read: \(reason).")
    }
}
