/// The rows whose probability lies in one bin: what was said of them and what came.
public struct CalibrationPoint: Sendable, Equatable, Codable {
    /// The bin's number, from 0.
    public let bin: Int
    /// The bin's left end, which it does not hold (the first does).
    public let lower: Double
    /// The bin's right end, which it holds.
    public let upper: Double
    /// Rows in the bin, at least one.
    public let count: Int
    /// The mean of their probabilities.
    public let meanPredicted: Double
    /// The share of them that are positive.
    public let observedShare: Double

    private enum CodingKeys: String, CodingKey {
        case bin
        case lower
        case upper
        case count
        case meanPredicted = "mean_predicted"
        case observedShare = "observed_share"
    }
}
