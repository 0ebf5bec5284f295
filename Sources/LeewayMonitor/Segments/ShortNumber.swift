#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Numbers as a reader wants them: no more digits than it takes.
package enum ShortNumber {
    /// The number of the fewest digits in `low` ..< `high`; of several, one near the middle.
    ///
    /// - Infinite ends: a number beside the finite one; 0 between two infinities.
    package static func between(_ low: Double, _ high: Double) -> Double {
        precondition(low < high, "There is a number from the lower end up to the higher one.")
        if low <= 0, high > 0 { return 0 }
        // An infinite end is drawn in, unless nothing finite lies between.
        if low == -.infinity {
            let least = max(2 * high - 1, -Double.greatestFiniteMagnitude)
            return least < high ? between(least, high) : low
        }
        if high == .infinity {
            let most = min(2 * low + 1, Double.greatestFiniteMagnitude)
            return low < most ? between(low, most) : low
        }
        // Below 0 the range is turned round, and its closed end is the upper one.
        return low > 0
            ? decimal(low, high) { low <= $0 && $0 < high } ?? low
            : decimal(-high, -low) { -$0 >= low && -$0 < high }.map { -$0 } ?? low
    }

    private static func decimal(_ low: Double, _ high: Double, fits: (Double) -> Bool) -> Double? {
        let top = Int(log10(high).rounded(.down))
        for digits in 1...17 {
            let exponent = top - digits + 1
            let unit = pow(10, Double(exponent))
            guard unit.isNormal else { return nil }
            let (first, last) = ((low / unit).rounded(.up), (high / unit).rounded(.down))
            let middle = min(max((low / 2 + high / 2) / unit, first), last).rounded()
            for count in [middle, first, last] {
                if let number = Double("\(Int(count))e\(exponent)"), fits(number) { return number }
            }
        }
        return nil
    }

    /// A number as text: whole ones without a fraction.
    package static func text(_ number: Double) -> String {
        abs(number) < 0x1p53 && number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    /// A number above 0 rounded to two digits, or to so many that it differs from 1: 3.1, 42, 170, 1.03.
    package static func rounded(_ number: Double) -> String {
        guard number > 0, number.isFinite else { return text(number) }
        let start = abs(number - 1) < 0.1 ? 3 : 2
        let exponent = Int(log10(number).rounded(.down)) - start + 1
        let unit = pow(10, Double(abs(exponent)))
        let scaled = (exponent < 0 ? number * unit : number / unit).rounded()
        return text(exponent < 0 ? scaled / unit : scaled * unit)
    }

    /// A number rounded to three digits that count, or to four decimals where it is below 1: 0.0312, 1.24, 170.
    package static func figures(_ number: Double) -> String {
        guard number.isFinite, number != 0 else { return text(number) }
        let decimals = abs(number) < 1 ? 4 : max(0, 2 - Int(log10(abs(number)).rounded(.down)))
        let unit = pow(10, Double(decimals))
        let rounded = (number * unit).rounded() / unit
        if rounded == 0 { return number > 0 ? "below 0.0001" : "0" }
        return text(rounded)
    }
}
