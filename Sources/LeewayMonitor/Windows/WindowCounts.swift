/// What came in during a window, counted in a version's bins: all that drift needs of it.
///
/// Counts add: those of rows that follow each other, of hours and of servers merge into one.
///
/// - Missing: counted apart, as are new categories and unseen values.
/// - Numbers: -0 equals 0; ±∞ is a value, or lies in the cell at the end.
package struct WindowCounts: Sendable {
    /// The code of a missing category.
    package static let missingCode: Int32 = -1
    /// The code of a category that the reference has not.
    package static let newCode: Int32 = -2

    /// The bins that are counted in.
    package let bins: WindowBins
    /// How many rows have ended.
    package internal(set) var rows = 0
    /// The cells of all columns, as the bins lay them out.
    var cells: [Int]

    /// No rows yet.
    package init(_ bins: WindowBins) {
        self.bins = bins
        cells = [Int](repeating: 0, count: bins.cellCount)
    }

    /// Counts a number of a numeric column; NaN is missing.
    @inline(__always)
    package mutating func add(number: Double, to column: Int) {
        let layout = bins.layouts[column]
        precondition(layout.isNumeric, "A number was counted in a column of categories.")
        guard !number.isNaN else {
            cells[layout.cells.lowerBound + ColumnLayout.missing] += 1
            return
        }
        let cell = bins.edges.withUnsafeBufferPointer { edges in
            bins.bucketStarts.withUnsafeBufferPointer { layout.cell(of: number, edges, $0) }
        }
        cells[cell] += 1
    }

    /// Counts numbers of a numeric column.
    package mutating func add(numbers: UnsafeBufferPointer<Double>, to column: Int) {
        let layout = bins.layouts[column]
        precondition(layout.isNumeric, "A number was counted in a column of categories.")
        bins.edges.withUnsafeBufferPointer { edges in
            bins.bucketStarts.withUnsafeBufferPointer { starts in
                cells.withUnsafeMutableBufferPointer { cells in
                    let missing = layout.cells.lowerBound + ColumnLayout.missing
                    for number in numbers {
                        cells[number.isNaN ? missing : layout.cell(of: number, edges, starts)] += 1
                    }
                }
            }
        }
    }

    /// Counts a category by its place in the bins' categories; `missingCode` and `newCode` are codes too.
    package mutating func add(code: Int32, to column: Int) { add(1, ofCode: code, to: column) }

    /// Counts so many rows of a category at once.
    package mutating func add(_ count: Int, ofCode code: Int32, to column: Int) {
        let layout = bins.layouts[column]
        precondition(!layout.isNumeric, "A category was counted in a column of numbers.")
        let special =
            switch code {
            case Self.missingCode: ColumnLayout.missing
            case Self.newCode: ColumnLayout.new
            default: ColumnLayout.special + Int(code)
            }
        let cell = layout.cells.lowerBound + special
        precondition(code >= Self.newCode && cell < layout.cells.upperBound, "Code \(code) is no category's.")
        cells[cell] += count
    }

    /// Counts a value that was there but can't be seen any more.
    package mutating func addUnseen(to column: Int) {
        cells[bins.layouts[column].cells.lowerBound + ColumnLayout.unseen] += 1
    }

    /// Ends a row.
    package mutating func endRow() { rows += 1 }

    /// Ends so many rows.
    package mutating func endRows(_ count: Int) { rows += count }

    /// Adds the counts of another window in the same bins.
    package mutating func merge(_ other: WindowCounts) {
        precondition(bins.fingerprint == other.bins.fingerprint, "Counts of other bins can't be added.")
        rows += other.rows
        for cell in cells.indices { cells[cell] += other.cells[cell] }
    }
}

extension WindowCounts: Equatable {
    package static func == (left: WindowCounts, right: WindowCounts) -> Bool {
        left.bins.fingerprint == right.bins.fingerprint && left.rows == right.rows && left.cells == right.cells
    }
}
