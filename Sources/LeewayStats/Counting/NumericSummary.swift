/// What a report says of one numeric column.
///
/// - Missing: not counted here. Infinite values: counted in `infiniteCount`, in nothing else.
package struct NumericSummary: Sendable, Equatable, Codable {
    /// Rows with a finite value.
    package let count: Int
    /// Rows with ±∞.
    package let infiniteCount: Int
    /// Distinct finite values.
    package let distinctCount: Int
    package let mean: Double
    /// Divided by n.
    package let sd: Double
    package let min: Double
    /// Linear, as the other two quartiles.
    package let lowerQuartile: Double
    package let median: Double
    package let upperQuartile: Double
    package let max: Double
    package let outliers: Outliers
    package let histogram: Histogram

    private enum CodingKeys: String, CodingKey {
        case count
        case infiniteCount = "infinite_count"
        case distinctCount = "distinct_count"
        case mean
        case sd = "standard_deviation"
        case min
        case lowerQuartile = "q1"
        case median
        case upperQuartile = "q3"
        case max
        case outliers
        case histogram
    }

    /// Summarises the finite values; nil when there are none.
    package init?(_ column: ValueCounts, binCount: Int = 20) {
        let finite = column.finite
        guard let mean = finite.mean, let sd = finite.sd, let min = finite.min, let max = finite.max,
            let quartiles = finite.quartiles, let outliers = finite.outliers,
            let histogram = finite.histogram(binCount: binCount)
        else { return nil }
        (self.count, self.infiniteCount) = (finite.count, column.count - finite.count)
        self.distinctCount = finite.values.count
        (self.mean, self.sd, self.min, self.max) = (mean, sd, min, max)
        (self.lowerQuartile, self.median, self.upperQuartile) = (quartiles.lower, quartiles.median, quartiles.upper)
        (self.outliers, self.histogram) = (outliers, histogram)
    }
}
