extension Int {
    /// With commas between groups of three digits.
    package var grouped: String {
        let digits = String(magnitude)
        let groups = stride(from: digits.count, to: 0, by: -3).map { end in
            let upper = digits.index(digits.startIndex, offsetBy: end)
            return String(digits[digits.index(upper, offsetBy: -Swift.min(3, end))..<upper])
        }
        return (self < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }
}

extension Double {
    /// One digit and a power of ten: `3e-12`.
    package var scientific: String {
        guard self != 0, isFinite else { return "\(self)" }
        var power = 0
        var digit = magnitude
        while digit >= 9.5 { (digit, power) = (digit / 10, power + 1) }
        while digit < 0.95 { (digit, power) = (digit * 10, power - 1) }
        return (self < 0 ? "-" : "") + "\(Int(digit.rounded()))e\(power)"
    }
}

/// A number and its noun: `1 row`, `2 rows`.
package func counted(_ number: Int, _ noun: String) -> String { "\(number.grouped) \(noun)\(number == 1 ? "" : "s")" }
