package import LeewayMonitor

/// What a look at the rows, one after the other, found.
package struct StreamFinding: Sendable {
    /// How much evidence there is for a change, and what is due to which column.
    package struct Evidence: Sendable, Equatable {
        package let value: Double
        /// Evidence of so much raises the alarm.
        package let threshold: Double
        /// The columns by their evidence, those with the most first.
        package let columns: [SequentialAlarm.Column]
    }

    /// Rows that were looked at now.
    package var rows = 0
    /// The rows of a block; nil where each row counts by itself.
    package let block: Int?
    /// Whether more rows wait than are looked at in one go.
    package var isCutShort = false
    /// How far the clock is behind the rows that were looked at before; nil where it is not.
    package var lag: Duration?
    /// The alarms of this look.
    package var alarms = AlarmTally()
    /// The last alarm, of this look or an earlier one, where it still stands.
    package var standing: StandingAlarm?
    package var evidence: Evidence
}
