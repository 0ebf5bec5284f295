/// When changes begin, and how they grow to their full strength.
package struct ChangeOnset: Sendable, Equatable {
    /// The first row, counted from 1, that is changed.
    package var start: Int
    /// Over how many rows the change grows; 1 for all at once.
    package var ramp: Int

    package init(start: Int = 1, ramp: Int = 1) {
        precondition(start > 0 && ramp > 0, "Rows are counted from 1.")
        (self.start, self.ramp) = (start, ramp)
    }

    /// How strong the change is at a row: 0 before the start, then (row − start + 1) / ramp, and 1 from there on.
    package func strength(at row: Int) -> Double {
        guard row >= start else { return 0 }
        return min(1, Double(row - start + 1) / Double(ramp))
    }

    /// Whether every row is changed at full strength.
    package var isImmediate: Bool { start == 1 && ramp == 1 }
}
