/// The window's rows in bins where the reference has none, split into what is to be expected and what is not.
///
/// A category that the reference has not seen need not be new: of n rows, as large a share of later rows is of unseen
/// categories as there are categories seen once, f₁/n. So many rows of the window are taken for those of many rare
/// categories; what is beyond, and two standard deviations, for one category.
///
/// - Source: Good, "The population frequencies of species", Biometrika 40 (1953).
struct UnseenRows {
    /// Rows that chance explains.
    let expected: Double
    /// How many rows each of their categories has: one that a reference of n rows misses has a share of about 1/n.
    let rowsEach: Double
    /// Rows beyond that.
    let surplus: Double

    init(_ sides: BinnedSides) {
        var (rows, singles) = (0, 0)
        for (reference, window) in zip(sides.reference, sides.window) {
            if reference == 0 { rows += window } else if reference == 1 { singles += 1 }
        }
        let once = Double(singles)
        let reach = Double(sides.windowCount) * (once + 2 * once.squareRoot()) / Double(max(1, sides.referenceCount))
        expected = min(Double(rows), reach)
        surplus = Double(rows) - expected
        rowsEach = 1 + Double(sides.windowCount) / Double(max(1, sides.referenceCount))
    }
}
