/// A number with a unit behind it, as sizes and durations are written.
enum WrittenQuantity {
    /// The digits, with one decimal point at most, and the letters behind them; nil for anything else.
    static func split(_ text: String) -> (number: Substring, unit: Substring)? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text[number.endIndex...].drop { $0 == " " }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...18).contains($0.count) }) else { return nil }
        guard unit.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
        return (number, unit)
    }

    /// The number times the factor, without what is left behind the point; nil where it is no 64-bit number.
    static func whole(_ number: Substring, times factor: Int) -> Int? {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = Int(parts[0]) else { return nil }
        let (product, isTooLarge) = whole.multipliedReportingOverflow(by: factor)
        guard !isTooLarge else { return nil }
        guard parts.count == 2, let share = Double("0." + parts[1]) else { return product }
        let (sum, isOver) = product.addingReportingOverflow(Int((share * Double(factor)).rounded()))
        return isOver ? nil : sum
    }
}
