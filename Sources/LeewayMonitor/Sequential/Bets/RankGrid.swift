/// The cells of [0, 1) on which bets on ranks are constant: 256 even ones, of which the outermost are cut into four.
enum RankGrid {
    /// All ends are multiples of 1 / `resolution`.
    static let resolution = 8_192
    /// The cells' lower ends in units of 1 / `resolution`, and the end of the last.
    static let ends: [Int] =
        [0, 2, 4, 8] + (1...255).map { 32 * $0 } + [8, 4, 2, 0].map { resolution - $0 }
    /// How many cells there are.
    static let count = ends.count - 1
    /// The widths of the cells, which sum to 1.
    static let widths: [Double] = zip(ends, ends.dropFirst()).map { Double($1 - $0) / Double(resolution) }
    /// The cell of each multiple of 1 / `resolution`.
    static let cells: [UInt16] = zip(ends, ends.dropFirst()).enumerated().flatMap { cell, ends in
        [UInt16](repeating: UInt16(cell), count: ends.1 - ends.0)
    }

    /// The mean over uniform ranks of a bet that pays so much in each cell.
    static func mean(_ factors: [Double]) -> Double { zip(factors, widths).reduce(0) { $0 + $1.0 * $1.1 } }
}
