/// Numbers as they stand in a page.
enum PageNumbers {
    /// A number with so many decimals, from 0 to 6.
    static func fixed(_ number: Double, _ decimals: Int) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return "\(number)" }
        let scale = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][decimals]
        let scaled = Int((abs(number) * scale).rounded())
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int(scale))
        let sign = number < 0 && scaled > 0 ? "−" : ""
        guard decimals > 0 else { return sign + whole.grouped }
        let digits = String(rest)
        return sign + whole.grouped + "." + String(repeating: "0", count: decimals - digits.count) + digits
    }

    /// About three digits that matter.
    static func short(_ number: Double) -> String {
        switch abs(number) {
        case 0: "0"
        case ..<0.001, 1e7...: number.scientific
        case ..<1: fixed(number, 3)
        case ..<100: number == number.rounded() ? fixed(number, 0) : fixed(number, 2)
        default: fixed(number, number == number.rounded() || abs(number) >= 1000 ? 0 : 1)
        }
    }

    /// A share as `12.3 %`.
    static func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }

    /// A shift in standard deviations; beyond ten nobody cares.
    static func shift(_ shift: Double) -> String { shift >= 9.995 ? "10+" : fixed(shift, 2) }

    /// A p-value.
    static func pValue(_ p: Double) -> String {
        p < 1e-16 ? "&lt; 1e-16" : p < 0.0001 ? p.scientific : p < 0.99995 ? fixed(p, 4) : "1"
    }
}
