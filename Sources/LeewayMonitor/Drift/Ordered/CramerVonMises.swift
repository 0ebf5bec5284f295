import LeewayLearn
import LeewayStats

/// The two-sample Cramér-von Mises test: the squared difference of the distribution functions over all rows.
///
/// With F the reference's and G the window's distribution function, n and m their rows, N = n + m:
///
///     T = nm/N² · Σ (F − G)², over all rows of both sides.
///
/// - Ties: T is its mean over all orders that tied rows could be in, and the p-value is conditional on the ties. Where they
///   are to be ignored, both are scipy's: with ties and sides of different sizes its midranks make T grow without bound
///   although nothing moved (at n = 40,000, m = 1,000 and five values it is 5,000 rather than 1/6, and p always 0).
/// - Distance: ω = √∫ (F − G)² dH with H = (F + G)/2, so that it does not depend on the sizes; 0 … 1/√3. Rows at one value
///   count as spread evenly over it.
/// - Interval: influence functions, in the square, less its mean where nothing moved; cut off at the ends of the range.
/// - Source: Anderson, Ann. Math. Statist. 33 (1962); scipy 1.17 `scipy.stats.cramervonmises_2samp`.
package struct CramerVonMises: OrderedDriftTest {
    package static let method = DriftMethod.cramerVonMises

    /// What the p-value makes of ties.
    package let ties: TieRule

    package init(ties: TieRule = .conditional) {
        self.ties = ties
    }

    /// Holds the window against the reference.
    ///
    /// - Complexity: O(cells).
    package func evaluate(_ sides: OrderedSides) -> DriftResult {
        let (n, m) = (sides.referenceCount, sides.windowCount)
        let sums = Sums(sides)
        let groups = CellGroups(sides, finest: CellGroups.fine)
        let statistic = ties == .ignored ? Self.midrankStatistic(sides) : sums.statistic
        let inverse = 1 / Double(n) + 1 / Double(m)
        var (pValue, mean, variance) = (1.0, 1.0 / 6, 1.0 / 45)
        let isTied = groups.largestShare >= CellGroups.negligible
        let form = isTied ? BridgeForm(Self.elements(groups)) : nil
        if let form { (mean, variance) = (form.mean, form.variance) }
        if ties == .conditional, let form {
            let scale = 1 / (45 * Self.variance(Double(n), Double(m))).squareRoot()
            let tail = form.upperTail(form.mean + (statistic - (1 + 1 / groups.rows) / 6) * scale)
            pValue = WindowMean(groups, scores: form.leadingScores, windowCount: m).tail(tail)
        } else {
            pValue = CramerVonMisesDistribution.twoSample(n: n, m: m, statistic: statistic)
        }
        let distance = SquaredDistance(
            square: sums.square, variance: Self.influenceVariance(groups, Double(n), Double(m)),
            null: .init(mean: inverse * mean, variance: inverse * inverse * variance), limit: Self.largestDistance)
        return distance.result(Self.method, statistic: statistic, pValue: pValue)
    }

    /// The variance of T without ties.
    static func variance(_ n: Double, _ m: Double) -> Double {
        let (rows, product) = (n + m, n * m)
        return (rows + 1) * (4 * product * rows - 3 * (n * n + m * m) - 2 * product) / (180 * rows * rows * product)
    }

    /// 1/√3: no value of one side is above any of the other.
    private static let largestDistance = 1 / 3.0.squareRoot()

    /// What the groups add to T in large samples.
    private static func elements(_ groups: CellGroups) -> [BridgeForm.Element] {
        groups.groups.map { group in
            let share = group.count / groups.rows
            return BridgeForm.Element(share: share, left: share / 3, right: share / 3, across: share / 6)
        }
    }
}
