import LeewayCore

/// Which ids a look takes: those after the last look's, up to a little before now, when every server has logged what came before.
struct WatchWindow: Sendable, Equatable {
    /// The last id of the look before.
    let after: String
    /// The first id that is left for the next look.
    let end: String
    /// How far the clock is behind what was looked at before, so that there is nothing to look at; nil where it is not.
    let lag: Duration?

    init(_ state: WatchState, now: Timestamp, settling: Duration) {
        let time = Timestamp(milliseconds: max(0, now.milliseconds - Int64(settling.wholeMilliseconds)))
        (after, end) = (state.lastID, UUIDv7(time, random: (0, 0)).description)
        let last = state.lastTime ?? Timestamp(milliseconds: 0)
        lag = now < last ? .milliseconds(last.milliseconds - now.milliseconds) : nil
    }

    /// The ids as SQL.
    func condition(_ column: String) -> String { "\(column) > \(after.sqlLiteral) AND \(column) < \(end.sqlLiteral)" }
}
