extension JSONWriter {
    /// Appends the shortest decimal number that reads back as the same double; whole numbers below 2⁵³ as integers.
    ///
    /// - Missing: NaN, and what is infinite, as `null`.
    /// - Source: the standard library 6.3.1, whose `Double.description` is always valid JSON.
    package mutating func number(_ value: Double) {
        if value.magnitude < 0x1p53 {
            let whole = Int(value)
            if Double(whole) == value {
                if whole == 0, value.sign == .minus { bytes.append(UInt8(ascii: "-")) }
                return integer(whole)
            }
        }
        guard value.isFinite else { return null() }
        value.write(to: &self)
    }

    /// Appends an integer.
    package mutating func integer(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        if rest < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest))
            return
        }
        // 20 digits hold any UInt.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var place = digits.count
            repeat {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                place -= 1
                digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
                rest = quotient
            } while rest > 0
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[place...]))
        }
    }
}

// Lets `Double` write its digits without a `String` between.
extension JSONWriter: TextOutputStream {
    /// Appends a text as it is, without quotes or escapes.
    package mutating func write(_ string: String) { bytes.append(contentsOf: string.utf8) }

    /// Appends ASCII as it is: what the standard library calls for numbers; without it, it would call `write`.
    package mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: buffer) }
}
