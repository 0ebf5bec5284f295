/// A small histogram on one line: `▁▃█▅▂`.
enum Sparkline {
    private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// One character a count, the highest for the largest; an empty bin is a space below the lowest.
    static func of(_ counts: [Int]) -> String {
        guard let largest = counts.max(), largest > 0 else { return "" }
        return String(
            counts.map { count -> Character in
                count == 0 ? " " : levels[min(7, count * 8 / (largest + 1))]
            })
    }

    /// One character a share, the highest for `largest`; a share of 0 is a space, any other at least the lowest.
    static func of(_ shares: [Double], largest: Double) -> String {
        guard largest > 0 else { return "" }
        return String(
            shares.map { share -> Character in
                share <= 0 ? " " : levels[min(7, Int((share / largest * 7).rounded()))]
            })
    }
}
