import LeewayStats

/// The mean of a score over the window's rows where these are drawn, without replacement, from the rows of both sides.
///
/// In small windows of columns that hold mostly one value it is far from normal: its square has a longer tail than a chi-square.
struct WindowMean: Sendable {
    /// The third cumulant of the standardised mean.
    let skewness: Double
    /// The fourth.
    let excess: Double

    /// Takes each group's rows and score.
    init(_ groups: CellGroups, scores: [Double], windowCount: Int) {
        var moments = (0.0, 0.0, 0.0)
        let mean = zip(groups.groups, scores).reduce(0) { $0 + $1.0.count * $1.1 } / groups.rows
        for (group, score) in zip(groups.groups, scores) {
            let offset = score - mean
            let square = offset * offset
            moments.0 += group.count * square
            moments.1 += group.count * square * offset
            moments.2 += group.count * square * square
        }
        let (variance, part) = (moments.0 / groups.rows, Double(windowCount) / groups.rows)
        guard variance > 0, part < 1 else {
            (skewness, excess) = (0, 0)
            return
        }
        // The finite population's factors: a draw of f of it is as far from normal as one of 1 − f.
        let size = Double(windowCount) * (1 - part)
        skewness = moments.1 / groups.rows / (variance * variance.squareRoot()) * (1 - 2 * part) / size.squareRoot()
        excess = (moments.2 / groups.rows / (variance * variance) - 3) * (1 - 6 * part * (1 - part)) / size
    }

    /// The chance of a square as large as that which a normal mean exceeds with `probability`; never less than that.
    ///
    /// - Source: Edgeworth's expansion of both tails; what is of odd order cancels.
    func tail(_ probability: Double) -> Double {
        guard probability > 1e-300, probability < 1 else { return probability }
        let z = -NormalDistribution.quantile(probability / 2)
        let square = z * z
        let kurtosis = excess / 24 * z * (square - 3)
        let asymmetry = skewness * skewness / 72 * z * (square * square - 10 * square + 15)
        let gain = 2 * NormalDistribution.density(at: z) * (kurtosis + asymmetry)
        return min(max(probability, probability + gain), 1)
    }
}
