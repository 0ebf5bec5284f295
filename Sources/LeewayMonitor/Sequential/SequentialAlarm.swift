/// An alarm over the columns of a model: which of them changed, as far as can be told.
package struct SequentialAlarm: Sendable, Equatable {
    /// A column's part in it.
    package struct Column: Sendable, Equatable {
        package let name: String
        /// Its own evidence; the alarm is due where the columns' weighted mean reaches the threshold.
        package let evidence: Double
        /// Whether e-BH selects it: of the columns so selected, the expected share of those that did not change is at most
        /// rowsInRun / N under a contract of N rows, and at most α under one of level α.
        package let isDrift: Bool
    }

    /// The row, counted from 1, since the start.
    package let row: Int
    /// Rows since the start or the last reset.
    package let rowsInRun: Int
    /// The weighted mean of the columns' evidence.
    package let evidence: Double
    /// All columns, those with the most evidence first; where many share it, e-BH may select none.
    package let columns: [Column]

    /// The columns by their evidence, with e-BH's selection: the k with the most, for the largest k of which the least, times
    /// K and its weight, is at least K / k of the threshold.
    ///
    /// - Source: Wang & Ramdas, False discovery rate control with e-values, JRSS B 84 (2022).
    static func ranking(
        _ columns: [(name: String, evidence: Double)], weights: [Double], threshold: Double
    ) -> [Column] {
        let count = Double(columns.count)
        let weighted = zip(columns, weights).map { count * $1 * $0.evidence }
        let order = columns.indices.sorted { (weighted[$1], $0) < (weighted[$0], $1) }
        let last = order.indices.last { weighted[order[$0]] * Double($0 + 1) >= count * threshold } ?? -1
        return order.enumerated().map { place, column in
            Column(name: columns[column].name, evidence: columns[column].evidence, isDrift: place <= last)
        }
    }
}
