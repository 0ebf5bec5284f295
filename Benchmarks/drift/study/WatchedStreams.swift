/// Streams that a detector looked at row by row, each up to its first alarm.
struct WatchedStreams: Encodable {
    let name: String
    /// The first changed row, counted from the reference's end, from 0; nil where nothing changes.
    let changeAt: Int?
    /// Rows that were looked at where no alarm came.
    let rows: Int
    /// The row of each stream's first alarm, counted from the reference's end, from 1; nil where none came.
    private(set) var alarms: [Int?] = []
    /// Nanoseconds of a processor.
    var nanosecondsPerRow: Double?

    enum CodingKeys: String, CodingKey {
        case name
        case changeAt = "change_at"
        case rows
        case alarms
        case nanosecondsPerRow = "ns_per_row"
    }

    init(_ name: String, changeAt: Int?, rows: Int) { (self.name, self.changeAt, self.rows) = (name, changeAt, rows) }

    /// Takes the next stream: whether there is an alarm, row by row; nothing is asked for after the first.
    mutating func watch(_ stream: some Sequence<Bool>) {
        var rows = 0
        for isAlarm in stream {
            rows += 1
            guard !isAlarm else { return alarms.append(rows) }
        }
        alarms.append(nil)
    }

    /// All rows that were looked at.
    var watched: Int { alarms.reduce(0) { $0 + ($1 ?? rows) } }
}
