import LeewayStats

/// Categories of the reference of which the window has no row.
///
/// - p-value: how likely that is where nothing moved: all c rows of the category fall to the reference, with a
///   probability of about (n/(n + m))ᶜ; exact (hypergeometric). Corrected by Holm's method over all categories of the
///   reference, so that the chance of taking any for vanished is at most the level.
/// - Empty: a window without rows has lost nothing.
package struct VanishedCategories: Sendable, Equatable, Codable {
    /// A category without a row in the window.
    package struct Category: Sendable, Equatable, Codable {
        /// Its place among the bins.
        package let bin: Int
        /// The reference's rows of it.
        package let rows: Int
        /// Its share of the reference.
        package let share: Double
        /// How likely it is to have no row where nothing moved.
        package let pValue: Double
        /// The same, corrected over all categories of the reference.
        package let adjustedPValue: Double
    }

    /// The categories, the likeliest to have gone first.
    package let categories: [Category]

    /// Looks for bins in which only the reference has rows.
    package init(_ sides: BinnedSides) {
        let (n, m) = (sides.referenceCount, sides.windowCount)
        guard m > 0 else {
            categories = []
            return
        }
        let known = sides.reference.indices.filter { sides.reference[$0] > 0 }
        let pValues = known.map { bin in
            sides.window[bin] > 0
                ? 1 : HypergeometricDistribution(total: n + m, marked: sides.reference[bin], draws: m).lowerTail(to: 0)
        }
        let adjusted = Correction.holm.adjusted(pValues)
        categories = known.indices.filter { sides.window[known[$0]] == 0 }
            .map { place in
                let rows = sides.reference[known[place]]
                return Category(
                    bin: known[place], rows: rows, share: Double(rows) / Double(n), pValue: pValues[place],
                    adjustedPValue: adjusted[place])
            }
            .sorted { ($0.pValue, $0.bin) < ($1.pValue, $1.bin) }
    }
}
