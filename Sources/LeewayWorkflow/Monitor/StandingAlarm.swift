package import LeewayCore

/// An alarm over a stream, which stands as long as the window is that is checked: what raised it is looked at once only.
package struct StandingAlarm: Sendable, Equatable, Codable {
    /// When the row or label came that raised it, in milliseconds since 1970.
    private let at: Int64
    /// When it was found, in milliseconds since 1970.
    private let foundAt: Int64
    /// Rows since the start, or since the alarm before it, with its own.
    package let rows: Int
    /// The evidence that raised it.
    package let evidence: Double
    /// The columns that changed, or the one with the most evidence where none can be told; none for harm.
    package let columns: [String]

    private enum CodingKeys: String, CodingKey {
        case at
        case foundAt = "found_at"
        case rows
        case evidence
        case columns
    }

    init(at time: Timestamp, foundAt: Timestamp, rows: Int, evidence: Double, columns: [String]) {
        (at, self.foundAt) = (time.milliseconds, foundAt.milliseconds)
        (self.rows, self.evidence, self.columns) = (rows, evidence, columns)
    }

    /// When the row or label came that raised it.
    package var time: Timestamp { Timestamp(milliseconds: at) }

    /// Whether it stands: by a clock that stepped back, too, and not for ever after one that stepped forth.
    func stands(at now: Timestamp, for window: Duration) -> Bool {
        abs(Double(now.milliseconds) - Double(foundAt)) < Double(window.wholeMilliseconds)
    }
}
