import LeewayLearn
import LeewayStats

/// The two-sample Anderson-Darling test: the squared difference of the distribution functions, in units of its own variance,
/// so that the tails count as much as the middle.
///
/// With F the reference's and G the window's distribution function, n and m their rows, N = n + m, H = (nF + mG)/N and
/// t rows of both sides at each value:
///
///     A² = nm(N − 1)/N³ · Σ t · (F − G)² / (H(1 − H) − t/4N), F, G and H at the middle of the value's rows.
///
/// - Statistic: (A² − 1)/σ, σ² without ties; 0 where all rows are equal. `.right` takes A² just after each value.
/// - Distance: √∫ (F − G)² / (H(1 − H)) dH with H = (F + G)/2, so that it does not depend on the sizes; 0 … 2√(2 ln 2 − 1) = 1.243.
///   Rows at one value count as spread evenly over it.
/// - Ties: the p-value is conditional on them, unless they are to be ignored.
/// - Interval: influence functions, in the square, less its mean where nothing moved; cut off at the ends of the range.
/// - Source: scipy 1.17 `scipy.stats.anderson_ksamp`, whose p-values end at 0.001 and 0.25; ours do not.
package struct AndersonDarling: OrderedDriftTest {
    package static let method = DriftMethod.andersonDarling

    /// Where the distribution functions are compared.
    package enum Variant: String, Sendable, Codable {
        /// In the middle of each value's rows; its mean does not depend on the ties.
        case midrank
        /// After each value's rows.
        case right
    }

    /// Where the distribution functions are compared.
    package let variant: Variant
    /// Whether the p-value is conditional on the ties.
    package let ties: TieRule

    package init(variant: Variant = .midrank, ties: TieRule = .conditional) {
        (self.variant, self.ties) = (variant, ties)
    }

    /// Holds the window against the reference.
    ///
    /// - Complexity: O(cells).
    package func evaluate(_ sides: OrderedSides) -> DriftResult {
        let (n, m) = (sides.referenceCount, sides.windowCount)
        let sums = Sums(sides, variant: variant)
        let groups = CellGroups(sides, finest: CellGroups.fine)
        guard groups.largestShare < 1 else { return Self.constant }

        let deviation = Self.deviation(n, m)
        let statistic = (sums.statistic - 1) / deviation
        let inverse = 1 / Double(n) + 1 / Double(m)
        var (pValue, mean, variance) = (1.0, 1.0, Self.limitVariance)
        let isTied = groups.largestShare >= CellGroups.negligible
        if isTied {
            let form = BridgeForm(Self.spreadElements(groups))
            (mean, variance) = (form.mean, form.variance)
        }
        if isTied, ties == .conditional {
            let form = BridgeForm(variant == .midrank ? Self.midrankElements(groups) : Self.rightElements(groups))
            let scale = Self.limitVariance.squareRoot() / deviation
            let tail = form.upperTail(form.mean + (sums.statistic - form.mean) * scale)
            pValue = WindowMean(groups, scores: form.leadingScores, windowCount: m).tail(tail)
        } else {
            pValue = AndersonDarlingDistribution.upperTail(1 + statistic * Self.limitVariance.squareRoot())
        }
        let distance = SquaredDistance(
            square: sums.square, variance: Self.influenceVariance(groups, Double(n), Double(m)),
            null: .init(mean: inverse * mean, variance: inverse * inverse * variance), limit: Self.largestDistance)
        return distance.result(Self.method, statistic: statistic, pValue: pValue)
    }

    /// The standard deviation of A² without ties; that of large samples below four rows, where there is no formula.
    private static func deviation(_ n: Int, _ m: Int) -> Double {
        (n + m < 4 ? limitVariance : AndersonDarlingDistribution.twoSampleVariance(n: n, m: m)).squareRoot()
    }

    /// The variance of A² in large samples without ties.
    private static let limitVariance = 2 * Double.pi * Double.pi / 3 - 6

    /// 2√(2 ln 2 − 1): no value of one side is above any of the other.
    private static let largestDistance = 2 * 0.386_294_361_119_890_6.squareRoot()

    /// All rows are equal.
    private static let constant = DriftResult(
        method: method, statistic: 0, pValue: 1, distance: 0, noise: 0, interval: ConfidenceInterval(lower: 0, upper: 0)
    )
}
