/// What a threshold costs in false alarms and what it finds.
public struct ROCPoint: Sendable, Equatable, Codable {
    /// Rows with at least this probability are positive; nil: no row is.
    public let threshold: Double?
    /// The share of negatives predicted positive.
    public let falsePositiveRate: Double
    /// The share of positives predicted positive.
    public let truePositiveRate: Double

    private enum CodingKeys: String, CodingKey {
        case threshold
        case falsePositiveRate = "false_positive_rate"
        case truePositiveRate = "true_positive_rate"
    }

    /// Writes `threshold: null` where there is none.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(falsePositiveRate, forKey: .falsePositiveRate)
        try container.encode(truePositiveRate, forKey: .truePositiveRate)
    }
}
