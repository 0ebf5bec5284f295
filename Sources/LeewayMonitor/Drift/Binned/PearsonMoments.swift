import LeewayStats

/// The distribution of Pearson's X² of two samples, given how many rows each side and each bin has.
///
/// The window's rows in the bins are then multivariate hypergeometric. X² has the mean N(k − 1)/(N − 1); its second
/// and third cumulants are those of exact algebra, to the two leading orders in 1/N, with k/N, Σ 1/c and Σ 1/c² (c: a
/// bin's rows) kept as they are: bins of one row are as well described as bins of a thousand.
///
/// A multiple of F has the same three moments where bins of few rows make large X² likelier than the chi-square
/// distribution has it; where they make it less likely, a gamma distribution from a place other than 0.
///
/// - Source: Haldane, Biometrika 31 (1940), for the second; Mielke & Berry, Psychometrika 53 (1988), who have the third
///   and fit Pearson's type III.
struct PearsonMoments: Sendable {
    let mean: Double
    let variance: Double
    /// The third central moment.
    let third: Double

    /// Takes bins that all have rows, two or more of them, and both sides some.
    init(_ bins: [JoinedBins.Bin]) {
        var (n, m, inverse, square) = (0.0, 0.0, 0.0, 0.0)
        for bin in bins {
            let one = 1 / Double(bin.all)
            n += Double(bin.reference)
            m += Double(bin.window)
            inverse += one
            square += one * one
        }
        let rows = n + m
        let k = Double(bins.count)
        // v: the variance of the side that one row is of.
        let v = n / rows * (m / rows)
        let (a, x, y) = (k / rows, inverse / rows, square / rows)
        let (a2, a3, v2) = (a * a, a * a * a, v * v)
        mean = (k - 1) / (1 - 1 / rows)
        variance =
            (rows * (a2 * (4 * v - 1) + 2 * v * a + x * (1 - 6 * v))
                + a2 * (22 * v - 5) + a * (16 * v - 2) + x * (7 - 36 * v) - 2 * v) / v
        let leading =
            a3 * (56 * v2 - 22 * v + 2) + a2 * (72 * v2 - 18 * v) + 8 * v2 * a
            - a * x * (144 * v2 - 48 * v + 3) - x * (112 * v2 - 22 * v) + y * (120 * v2 - 30 * v + 1)
        let next =
            a3 * (704 * v2 - 270 * v + 24) + a2 * (1128 * v2 - 342 * v + 18) + a * (216 * v2 - 36 * v)
            - a * x * (1944 * v2 - 678 * v + 51) - x * (1896 * v2 - 510 * v + 22) + y * (1800 * v2 - 540 * v + 31)
            - 8 * v2
        third = (rows * leading + next) / v2
    }

    /// How likely a statistic at least as large is.
    func upperTail(_ statistic: Double) -> Double {
        guard statistic > 0 else { return 1 }
        guard variance > 0, third > 0 else {
            return ChiSquareDistribution(degreesOfFreedom: mean).upperTail(statistic)
        }
        // The square of the coefficient of variation, and the skewness as a multiple of it: 2 of a gamma distribution.
        let spread = variance / (mean * mean)
        let skew = third / variance / mean / spread
        return heavyTail(statistic, spread, skew) ?? shiftedTail(statistic)
    }

    /// Of a multiple of F, that is of B/(1 − B) of a beta number B; nil where none has these moments.
    private func heavyTail(_ statistic: Double, _ spread: Double, _ skew: Double) -> Double? {
        guard skew > 2.0001 else { return nil }
        let b = (2 - 4 * spread + 3 * skew * spread) / (spread * (skew - 2))
        guard spread * (b - 2) > 1 else { return nil }
        let a = (b - 1) / (spread * (b - 2) - 1)
        let ratio = statistic / mean * (a / (b - 1))
        return BetaDistribution(a: b, b: a).cumulative(1 / (1 + ratio))
    }

    /// Of a gamma distribution with these moments, moved.
    private func shiftedTail(_ statistic: Double) -> Double {
        let shape = 4 * variance * variance * variance / (third * third)
        let place = shape + (statistic - mean) * (shape / variance).squareRoot()
        return GammaDistribution(shape: shape).upperTail(place)
    }
}
