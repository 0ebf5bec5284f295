/// The alarms of one look: a change that lasts raises one after the other.
package struct AlarmTally: Sendable, Equatable {
    /// So many are told one by one.
    static let mostKept = 20

    /// The first of them.
    package private(set) var first: [StandingAlarm] = []
    /// The last one.
    package private(set) var last: StandingAlarm?
    package private(set) var count = 0
    /// The columns of all of them.
    package private(set) var columns: Set<String> = []

    mutating func add(_ alarm: StandingAlarm) {
        if first.count < Self.mostKept { first.append(alarm) }
        last = alarm
        count += 1
        columns.formUnion(alarm.columns)
    }
}
