/// What drift tests ask of a window.
extension WindowCounts {
    /// A numeric column's empirical distribution at the bins' values.
    package struct Cumulative: Sendable, Equatable {
        /// For each value of the bins, the rows strictly below it.
        package let below: [Int]
        /// For each value of the bins, the rows at it or below it.
        package let upTo: [Int]
        /// All rows that have a number.
        package let total: Int
    }

    /// Rows in which the column is missing.
    package func missingCount(of column: Int) -> Int { special(ColumnLayout.missing, column) }
    /// Rows with a category that the reference has not.
    package func newCount(of column: Int) -> Int { special(ColumnLayout.new, column) }
    /// Rows with a value that can't be seen any more.
    package func unseenCount(of column: Int) -> Int { special(ColumnLayout.unseen, column) }

    /// The counts of a column's cells: 2k + 1 of k numbers, k of k categories.
    package func valueCounts(of column: Int) -> ArraySlice<Int> { cells[bins.layouts[column].valueCells] }

    /// A numeric column's counts below and up to each value of its bins.
    ///
    /// With the reference's own counts it gives the exact two-sample Kolmogorov-Smirnov statistic: between two neighbouring
    /// values the reference's distribution is flat and the window's only rises, so the largest distance lies at an end.
    /// Where the reference is not exact, only `upTo` can be held against it.
    package func cumulative(of column: Int) -> Cumulative {
        precondition(bins.layouts[column].isNumeric, "A column of categories has no order.")
        let counts = valueCounts(of: column)
        var (below, upTo, total) = ([Int](), [Int](), 0)
        below.reserveCapacity(counts.count / 2)
        upTo.reserveCapacity(counts.count / 2)
        for (place, count) in counts.enumerated() {
            if place % 2 == 1 { below.append(total) }
            total += count
            if place % 2 == 1 { upTo.append(total) }
        }
        return Cumulative(below: below, upTo: upTo, total: total)
    }

    private func special(_ kind: Int, _ column: Int) -> Int { cells[bins.layouts[column].cells.lowerBound + kind] }
}
