/// The first two moments of the influence that the rows of each side have on a number.
struct InfluenceMoments {
    private var reference = (0.0, 0.0)
    private var window = (0.0, 0.0)

    /// Adds rows of both sides, each with its influence.
    mutating func add(reference rows: Double, _ influence: Double, window others: Double, _ other: Double) {
        reference.0 += rows * influence
        reference.1 += rows * influence * influence
        window.0 += others * other
        window.1 += others * other * other
    }

    /// The variance of the number: that of the influence over each side's rows, by their number.
    func variance(_ n: Double, _ m: Double) -> Double {
        let (mean, otherMean) = (reference.0 / n, window.0 / m)
        return max(reference.1 / n - mean * mean, 0) / n + max(window.1 / m - otherMean * otherMean, 0) / m
    }
}
