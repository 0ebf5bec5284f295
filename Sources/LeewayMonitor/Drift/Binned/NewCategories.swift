package import LeewayLearn
import LeewayStats

/// The window's rows in categories that the reference has not.
///
/// - p-value: how likely so many rows or more are where nothing moved. A category may be new only because the
///   reference was too small to see it: of its own rows, f₁ are of categories that it saw just once, and another
///   sample's rows are of unseen categories as often. So v of m rows against f₁ of n, one-sided (hypergeometric). Rows
///   of one category come together, which makes v − m · f₁/n vary 1 + 2f₂/(f₁ + 1) · m/(n + m) times as much, f₂ being
///   the categories seen twice: both counts are divided by that. Where no category was seen only once or twice it is
///   exact: the probability that v rows of one category all fall to the window, about (m/(n + m))ᵛ.
/// - Empty: 1 where the window has no such rows, or either side none at all.
/// - Source: Good, "The population frequencies of species", Biometrika 40 (1953); the variance: Esty, Ann. Statist. 11
///   (1983).
package struct NewCategories: Sendable, Equatable, Codable {
    /// The window's rows in such categories.
    package let rows: Int
    /// Their share of the window; 0 of an empty one.
    package let share: Double
    /// Where their true share lies, with a confidence of 95 %: Wilson's interval.
    package let interval: ConfidenceInterval
    /// The share that is to be expected: f₁/n.
    package let expectedShare: Double
    /// How likely so many rows are where nothing moved.
    package let pValue: Double

    private enum CodingKeys: String, CodingKey {
        case rows
        case share
        case interval
        case expectedShare = "expected_share"
        case pValue = "p_value"
    }

    /// Counts the window's rows in bins where the reference has none.
    package init(_ sides: BinnedSides) {
        var rows = 0
        for (reference, window) in zip(sides.reference, sides.window) where reference == 0 { rows += window }
        self.init(rows: rows, windowCount: sides.windowCount, reference: sides.reference)
    }

    /// Judges rows of the window, of all categories that the reference has not or of one of them, beside the rows of
    /// each category of the reference.
    package init(rows: Int, windowCount: Int, reference: [Int]) {
        precondition((0...max(0, windowCount)).contains(rows), "New rows are rows of the window.")
        let count = reference.reduce(0, +)
        let once = reference.count { $0 == 1 }
        let wilson = BinomialInterval.wilson(successes: rows, trials: windowCount, level: 0.95)
        self.rows = rows
        share = windowCount > 0 ? Double(rows) / Double(windowCount) : 0
        interval = ConfidenceInterval(lower: wilson.lower, upper: wilson.upper)
        expectedShare = count > 0 ? Double(once) / Double(count) : 0
        pValue = Self.upperTail(from: rows, rows: rows, windowCount: windowCount, reference: reference)
    }

    /// How likely it is that of the window's rows and those that the reference has seen once, as many as `least` or
    /// more are the window's.
    static func upperTail(from least: Int, rows: Int, windowCount: Int, reference: [Int]) -> Double {
        var (count, once, twice) = (0, 0, 0)
        for rows in reference {
            count += rows
            if rows == 1 { once += 1 } else if rows == 2 { twice += 1 }
        }
        guard least > 0, count > 0 else { return 1 }
        let share = Double(windowCount) / (Double(count) + Double(windowCount))
        let clumps = 1 + 2 * Double(twice) / Double(once + 1) * share
        let marked = Int(Double(rows) / clumps) + Int((Double(once) / clumps).rounded(.up))
        return HypergeometricDistribution(total: count + windowCount, marked: marked, draws: windowCount)
            .upperTail(from: Int(Double(least) / clumps))
    }
}
