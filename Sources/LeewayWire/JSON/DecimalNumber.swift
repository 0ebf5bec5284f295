/// From decimal digits to the nearest double, ties to even.
enum DecimalNumber {
    private static let powers: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
    private static let doublePowers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// digits · 10^exponent, correctly rounded; nil where that takes more than two machine words.
    ///
    /// - Source: for digits to 2⁵³ and exponents to ±22, Clinger 1990 (both factors are exact, so the one operation
    ///   rounds once); else integer arithmetic on 128 bits, for exponents to ±19.
    static func value(of digits: UInt64, exponent: Int) -> Double? {
        if digits == 0 { return 0 }
        let size = exponent.magnitude
        if digits <= 1 << 53, size < doublePowers.count {
            let power = doublePowers[Int(size)]
            return exponent < 0 ? Double(digits) / power : Double(digits) * power
        }
        guard size < powers.count else { return nil }
        let power = powers[Int(size)]
        return exponent < 0 ? quotient(digits, power) : product(digits, power)
    }

    /// The nearest double to a product.
    private static func product(_ left: UInt64, _ right: UInt64) -> Double {
        let (high, low) = left.multipliedFullWidth(by: right)
        if high == 0 { return Double(low) }
        let shift = UInt64(high.leadingZeroBitCount)
        let top = high << shift | low >> (64 - shift)
        let rest: UInt64 = low << shift == 0 ? 0 : 1
        // 11 bits of `top` are rounded away, so that its lowest may stand for all below it.
        return Double(top | rest) * Double(sign: .plus, exponent: 64 - Int(shift), significand: 1)
    }

    /// The nearest double to a quotient of numbers that are not 0.
    private static func quotient(_ dividend: UInt64, _ divisor: UInt64) -> Double {
        let shifts = (dividend: dividend.leadingZeroBitCount, divisor: divisor.leadingZeroBitCount)
        // Both have their top bit set now; dividend · 2⁶³ / divisor then has 63 or 64 bits, and fits.
        let top = dividend << UInt64(shifts.dividend)
        let (quotient, remainder) = (divisor << UInt64(shifts.divisor)).dividingFullWidth((top >> 1, top << 63))
        let rest: UInt64 = remainder == 0 ? 0 : 1
        let exponent = shifts.divisor - shifts.dividend - 63
        return Double(quotient | rest) * Double(sign: .plus, exponent: exponent, significand: 1)
    }

    /// The value of a decimal number of any length, correctly rounded by the standard library, which heeds no locale.
    ///
    /// - Returns: infinity beyond the greatest double, 0 below half the least.
    /// - Precondition: the text is a JSON number without a sign.
    static func value(ofText text: UnsafeBufferPointer<UInt8>) -> Double {
        guard let value = Double(String(decoding: text, as: UTF8.self)) else {
            preconditionFailure("A JSON number is no Double to the standard library.")
        }
        return value
    }
}
