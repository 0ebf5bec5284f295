/// What a look at the labels, one after the other, found.
package struct HarmFinding: Sendable {
    /// Labels that were looked at now.
    package var labels = 0
    /// The rows among them that the model got wrong.
    package var errors = 0
    /// Whether more labels wait than are looked at in one go.
    package var isCutShort = false
    /// How far the clock is behind the labels that were looked at before; nil where it is not.
    package var lag: Duration?
    /// The alarms of this look.
    package var alarms = AlarmTally()
    /// The last alarm, of this look or an earlier one, where it still stands.
    package var standing: StandingAlarm?
    package var evidence = 0.0
    /// Evidence of so much raises the alarm.
    package var threshold = 0.0
    /// The share of rows that the model got wrong when it was tested.
    package var testRisk = 0.0
    /// The largest share that is no harm: what the test rows allow for, and the tolerance.
    package var toleratedRisk = 0.0
    /// The share of about the last 200 rows with a label; nil before the first of them.
    package var recentRisk: Double?
}
