/// What each training row counts: its class's weight, times its own where rows have any.
struct RowWeights: Sendable {
    let positive: Double
    let negative: Double
    /// One a row, 0 or more; nil: each row counts 1.
    let rows: [Double]?

    /// What a row of a class counts.
    @inline(__always)
    func weight(of row: Int, isPositive: Bool) -> Double {
        let own = isPositive ? positive : negative
        guard let rows else { return own }
        return own * rows[row]
    }
}
