/// How many rows lie strictly beyond Tukey's fences: q1 − 1.5 · IQR and q3 + 1.5 · IQR.
package struct Outliers: Sendable, Equatable, Codable {
    /// Rows beyond either fence.
    package let count: Int
    /// What lies below it is an outlier.
    package let lowerFence: Double
    /// What lies above it is an outlier.
    package let upperFence: Double

    private enum CodingKeys: String, CodingKey {
        case count
        case lowerFence = "lower_fence"
        case upperFence = "upper_fence"
    }
}

extension ValueCounts {
    /// The rows beyond 1.5 interquartile ranges of the quartiles; nil without values.
    ///
    /// - Edge cases: a value on a fence is no outlier. Where the quartiles are equal, every other value is one.
    /// - Source: Tukey, Exploratory Data Analysis (1977), with linear quartiles, as pandas users write it.
    package var outliers: Outliers? {
        guard let quartiles else { return nil }
        let reach = 1.5 * (quartiles.upper - quartiles.lower)
        // A fence beyond what a Double holds has nothing outside of it.
        let limit = Double.greatestFiniteMagnitude
        let (lower, upper) = (Swift.max(-limit, quartiles.lower - reach), Swift.min(limit, quartiles.upper + reach))
        let outside = zip(values, counts).reduce(0) { $0 + ($1.0 < lower || $1.0 > upper ? $1.1 : 0) }
        return Outliers(count: outside, lowerFence: lower, upperFence: upper)
    }
}
