/// Numbers as a person reads them.
package enum NumberFormat {
    /// A number with so many decimals; beyond 10¹⁵ as Swift prints it.
    package static func fixed(_ number: Double, _ decimals: Int) -> String {
        let scale = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][decimals]
        guard abs(number) < 1e15 / scale else { return number.isNaN ? "–" : "\(number)" }
        let scaled = Int((abs(number) * scale).rounded())
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int(scale))
        let sign = number < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + whole.grouped }
        let digits = String(rest)
        return sign + whole.grouped + "." + String(repeating: "0", count: decimals - digits.count) + digits
    }

    /// About four digits that matter: `38.64`, `189,664`, `0.0123`.
    package static func short(_ number: Double) -> String {
        switch abs(number) {
        case 0: "0"
        case ..<0.0001, 1e12...: number.scientific
        case ..<1: fixed(number, 4)
        case ..<1000: number == number.rounded() ? fixed(number, 0) : fixed(number, 2)
        default: fixed(number, 0)
        }
    }

    /// As few digits as it takes, four decimals at most: `0.05`, `1`.
    package static func trimmed(_ number: Double) -> String {
        guard number != 0, abs(number) >= 0.0001 else { return short(number) }
        var digits = fixed(number, 4)
        while digits.hasSuffix("0") { digits.removeLast() }
        return digits.hasSuffix(".") ? String(digits.dropLast()) : digits
    }

    /// A p-value: `1`, `0.0312`, `2e-09`, `< 1e-16`.
    package static func pValue(_ p: Double) -> String {
        p < 1e-16 ? "< 1e-16" : p < 0.0001 ? p.scientific : p < 0.99995 ? fixed(p, 4) : "1"
    }

    /// A share as `76.1 %`.
    package static func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }

    /// Bytes as `1.2 MB`.
    package static func bytes(_ count: Int) -> String {
        switch count {
        case ..<1000: "\(count) B"
        case ..<1_000_000: fixed(Double(count) / 1e3, 1) + " kB"
        case ..<1_000_000_000: fixed(Double(count) / 1e6, 1) + " MB"
        default: fixed(Double(count) / 1e9, 1) + " GB"
        }
    }
}
