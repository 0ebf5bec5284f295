/// What a threshold finds and how much of what it finds is right.
public struct PrecisionRecallPoint: Sendable, Equatable, Codable {
    /// Rows with at least this probability are positive; nil: no row is.
    public let threshold: Double?
    /// The share of positives predicted positive.
    public let recall: Double
    /// The share of predicted positives that are positive.
    public let precision: Double

    private enum CodingKeys: String, CodingKey {
        case threshold
        case recall
        case precision
    }

    /// Writes `threshold: null` where there is none.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(recall, forKey: .recall)
        try container.encode(precision, forKey: .precision)
    }
}
