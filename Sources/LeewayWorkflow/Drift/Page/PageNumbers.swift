/// Numbers as they stand in a page.
enum PageNumbers {
    /// A number with so many decimals, from 0 to 6.
    static func fixed(_ number: Double, _ decimals: Int) -> String {
        NumberFormat.fixed(number, decimals).replacing("-", with: "−")
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
    static func percent(_ share: Double) -> String { NumberFormat.percent(share).replacing("-", with: "−") }

    /// A shift in standard deviations; beyond ten nobody cares.
    static func shift(_ shift: Double) -> String { shift >= 9.995 ? "10+" : fixed(shift, 2) }

    /// A p-value.
    static func pValue(_ p: Double) -> String { NumberFormat.pValue(p).replacing("<", with: "&lt;") }
}
