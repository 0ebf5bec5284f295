extension JSONReader {
    /// Reads a number, correctly rounded.
    ///
    /// - Throws: also where its magnitude is beyond the greatest double.
    /// - Complexity: O(length of the number).
    package mutating func readNumber() throws(JSONFailure) -> JSONNumber {
        var next = nextByte()
        let start = position
        var place = start
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { place += 1 }
        let firstDigit = place
        var digits: UInt64 = 0
        next = passDigits(&place, &digits)
        var digitCount = place - firstDigit
        guard digitCount > 0 else { throw expected(isNegative ? "a digit" : "a number", at: place) }
        guard digitCount == 1 || byte(at: firstDigit) != UInt8(ascii: "0") else {
            throw JSONFailure("a number with a leading zero", at: start)
        }
        if next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e"), digitCount <= 19 {
            position = place
            let magnitude = Double(digits)
            return JSONNumber(value: isNegative ? -magnitude : magnitude, isInteger: true, range: start..<place)
        }
        let isInteger = next != UInt8(ascii: ".") && next | 0x20 != UInt8(ascii: "e")
        var exponent = 0
        if next == UInt8(ascii: ".") {
            place += 1
            let firstFractionDigit = place
            next = passDigits(&place, &digits)
            exponent = firstFractionDigit - place
            guard exponent < 0 else { throw expected("a digit", at: place) }
            digitCount -= exponent
        }
        if next | 0x20 == UInt8(ascii: "e") { exponent += try readExponent(&place) }
        position = place
        let isExact = digitCount <= 19 || digitCount - leadingZeros(from: firstDigit) <= 19
        let quick = isExact ? DecimalNumber.value(of: digits, exponent: exponent) : nil
        let magnitude = quick ?? DecimalNumber.value(ofText: slice(firstDigit..<place))
        guard magnitude.isFinite else { throw JSONFailure("a number too large for a double", at: start) }
        return JSONNumber(value: isNegative ? -magnitude : magnitude, isInteger: isInteger, range: start..<place)
    }

    /// Passes over decimal digits, appends them to a number (modulo 2⁶⁴) and tells the byte after them.
    @inline(__always)
    private func passDigits(_ place: inout Int, _ digits: inout UInt64) -> UInt8 {
        var next = byte(at: place)
        while next &- UInt8(ascii: "0") < 10 {
            digits = digits &* 10 &+ UInt64(next &- UInt8(ascii: "0"))
            place += 1
            next = byte(at: place)
        }
        return next
    }

    /// Reads the exponent whose `e` is at a place; beyond a milliard in magnitude it no longer grows.
    private func readExponent(_ place: inout Int) throws(JSONFailure) -> Int {
        place += 1
        let sign = byte(at: place)
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { place += 1 }
        let firstDigit = place
        var exponent = 0
        while case let digit = byte(at: place) &- UInt8(ascii: "0"), digit < 10 {
            if exponent < 100_000_000 { exponent = exponent * 10 + Int(digit) }
            place += 1
        }
        guard place > firstDigit else { throw expected("a digit", at: place) }
        return sign == UInt8(ascii: "-") ? -exponent : exponent
    }

    /// How many zeros come before the first other digit of a number; its point is passed over.
    private func leadingZeros(from firstDigit: Int) -> Int {
        var (place, zeros) = (firstDigit, 0)
        while true {
            switch byte(at: place) {
            case UInt8(ascii: "0"): zeros += 1
            case UInt8(ascii: "."): break
            default: return zeros
            }
            place += 1
        }
    }
}
