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

    /// This alarm, raised once more by a later one.
    func raised(again later: StandingAlarm) -> StandingAlarm {
        StandingAlarm(
            at: time, foundAt: Timestamp(milliseconds: later.foundAt), rows: rows, evidence: evidence, columns: columns)
    }

    /// This alarm and a later one as one: its columns, then those of the other one.
    func joined(with later: StandingAlarm) -> StandingAlarm {
        StandingAlarm(
            at: time, foundAt: Timestamp(milliseconds: max(foundAt, later.foundAt)), rows: rows, evidence: evidence,
            columns: columns + later.columns.filter { !columns.contains($0) })
    }

    /// Whether it stands: by a clock that stepped back, too, and not for ever after one that stepped forth.
    func stands(at now: Timestamp, for window: Duration) -> Bool {
        abs(Double(now.milliseconds) - Double(foundAt)) < Double(window.wholeMilliseconds)
    }
}
