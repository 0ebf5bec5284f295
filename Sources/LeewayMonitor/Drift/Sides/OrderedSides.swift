/// A numeric column of the reference and of the window, counted in the same ascending cells.
///
/// Cumulated after each cell, both sides give their distribution functions at every place where the difference can be
/// largest: between two neighbouring reference values the reference's is flat and the window's only rises.
///
/// - Missing: not among the counts.
/// - Exact references: a cell is either one reference value, or what lies strictly between two of them, where only the
///   window has rows; those are taken to differ from each other. Else a cell reaches from one edge to the next, both sides
///   may have rows in it, and all of them are tied.
package struct OrderedSides: Sendable, Equatable {
    /// The reference's rows in each cell.
    package let reference: [Int]
    /// The window's rows in each cell.
    package let window: [Int]
    /// A number for each cell, ascending: the value itself, the middle between two of them, or the reference value nearest
    /// to what lies beyond all of them.
    package let places: [Double]
    /// The reference's rows.
    package let referenceCount: Int
    /// The window's rows.
    package let windowCount: Int
    /// Whether each cell in which both sides have rows is a single value.
    package let isExact: Bool

    /// Takes the cells of both sides; the counts are not negative, the places ascend.
    package init(reference: [Int], window: [Int], places: [Double], isExact: Bool) {
        precondition(
            reference.count == window.count && reference.count == places.count, "Each cell has two counts and a place.")
        (self.reference, self.window, self.places, self.isExact) = (reference, window, places, isExact)
        referenceCount = reference.reduce(0, +)
        windowCount = window.reduce(0, +)
    }

    /// Lays a reference's values and the window's counts beside each other: 2k + 1 cells of k values (`WindowBins`).
    ///
    /// - Complexity: O(k).
    package init(values: [Double], referenceCounts: [Int], isExact: Bool, windowCells: some Collection<Int>) {
        precondition(windowCells.count == 2 * values.count + 1, "k values have 2k + 1 cells.")
        var (reference, window, places) = ([Int](), [Int](), [Double]())
        let capacity = (isExact ? 2 : 1) * values.count + 1
        reference.reserveCapacity(capacity)
        window.reserveCapacity(capacity)
        places.reserveCapacity(capacity)
        var gap = 0
        for (place, count) in windowCells.enumerated() {
            let index = place / 2
            guard place % 2 == 1 else {
                gap = count
                continue
            }
            if isExact, gap > 0 {
                reference.append(0)
                window.append(gap)
                places.append(index > 0 ? Self.middle(values[index - 1], values[index]) : values[index])
            }
            reference.append(referenceCounts[index])
            window.append(isExact ? count : gap + count)
            places.append(values[index])
        }
        if gap > 0 {
            reference.append(0)
            window.append(gap)
            places.append(values.last ?? 0)
        }
        self.init(reference: reference, window: window, places: places, isExact: isExact)
    }

    /// Lays two windows that were counted in the same bins beside each other: 2k + 1 cells of k values each.
    ///
    /// What lies between two values is tied, on both sides.
    package init(values: [Double], referenceCells: some Collection<Int>, windowCells: some Collection<Int>) {
        precondition(windowCells.count == 2 * values.count + 1, "k values have 2k + 1 cells.")
        let places = (0..<windowCells.count).map { cell in
            if cell % 2 == 1 { return values[cell / 2] }
            let (low, high) = (cell > 0 ? values[cell / 2 - 1] : nil, cell / 2 < values.count ? values[cell / 2] : nil)
            return if let low, let high { Self.middle(low, high) } else { low ?? high ?? 0 }
        }
        self.init(reference: Array(referenceCells), window: Array(windowCells), places: places, isExact: false)
    }

    private static func middle(_ low: Double, _ high: Double) -> Double {
        let middle = low + (high - low) / 2
        return middle.isFinite ? middle : low.isFinite ? low : high
    }

    /// The cells in groups of about equal shares of the reference, at most `count` of them: no window moves them.
    ///
    /// A value is never divided; what the window has beyond all reference values falls into the first and the last group.
    package func grouped(_ count: Int) -> BinnedSides {
        precondition(count > 0, "There is at least one group.")
        var (references, windows) = ([Int](), [Int]())
        var (reference, window, seen) = (0, 0, 0)
        for cell in self.reference.indices {
            reference += self.reference[cell]
            window += self.window[cell]
            seen += self.reference[cell]
            let next = references.count + 1
            // Full where the next of the evenly spaced ranks is reached, and something is left for the last group.
            guard self.reference[cell] > 0, next < count,
                Double(seen) * Double(count) >= Double(referenceCount) * Double(next),
                seen < referenceCount
            else { continue }
            references.append(reference)
            windows.append(window)
            (reference, window) = (0, 0)
        }
        references.append(reference)
        windows.append(window)
        return BinnedSides(reference: references, window: windows)
    }
}
