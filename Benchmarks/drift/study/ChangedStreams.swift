import LeewayCore
import LeewayMonitor
import LeewayStats
import LeewayStore

/// How soon a change of one column is found by a detector that raises at most one false alarm in so many rows.
struct ChangedStreams {
    /// A change of a normal column.
    struct Change {
        let name: String
        var mean = 0.0
        var scale = 1.0
    }

    static let changes = [
        Change(name: "mean-0.1", mean: 0.1), Change(name: "mean-0.25", mean: 0.25), Change(name: "mean-0.5", mean: 0.5),
        Change(name: "mean-1", mean: 1), Change(name: "scale-1.5", scale: 1.5), Change(name: "scale-2", scale: 2),
    ]
    static let (referenceRows, changeAt, horizon) = (2000, 500, 3000)
    static let contract = FalseAlarmContract.runLength(10_000)

    let repetitions: Int
    let seed: UInt64
    /// The first so many streams of each change are written here, for the peers.
    var export: (folder: String, repetitions: Int)?

    /// What came of the streams of one change.
    struct Outcome: Encodable {
        let name: String
        var streams = 0
        /// Alarms before the change.
        var falseAlarms = 0
        /// Rows from the change to the alarm, ascending; of the streams without a false alarm that were alarmed at all.
        var delays: [Int] = []
        var missed = 0
        /// The rows that were looked at, and the false alarms in them, where nothing changes.
        var quietRows: Int?
        var nanosecondsPerRow: Double?

        enum CodingKeys: String, CodingKey {
            case name
            case streams
            case falseAlarms = "false_alarms"
            case delays
            case missed
            case quietRows = "quiet_rows"
            case nanosecondsPerRow = "ns_per_row"
        }
    }

    func run(progress: (String) -> Void) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for (place, change) in Self.changes.enumerated() {
            var outcome = Outcome(name: change.name)
            for repetition in 0..<repetitions {
                var generator = SeededGenerator(seed: seed, stream: UInt64(place * 1_000_000 + repetition))
                let before = Population.normal.draw(Self.referenceRows, &generator)
                let quiet = Population.normal.draw(Self.changeAt, &generator)
                let changed = Population.normal.draw(Self.horizon, &generator)
                    .map { $0 * change.scale + change.mean }
                if let export, repetition < export.repetitions {
                    let folder = "\(export.folder)/\(change.name)"
                    try FileSystem.makeFolder(folder)
                    try NumpyFile.write([before + quiet + changed], to: "\(folder)/stream_\(repetition).npy")
                }
                var column = try Self.detector(before, seed: UInt64(repetition))
                Self.judge(
                    (quiet + changed).lazy.map {
                        column.add(number: $0)
                        return column.isAlarm
                    }, in: &outcome)
            }
            if let export { try describe("\(export.folder)/\(change.name)", min(export.repetitions, repetitions)) }
            outcome.delays.sort()
            outcomes.append(outcome)
            progress(change.name)
        }
        outcomes.append(try runLength(progress))
        return outcomes
    }

    private static func detector(_ reference: [Double], seed: UInt64) throws -> SequentialColumn {
        try SequentialColumn(
            ReferenceCounts(Dataset.Column("x", .numeric(reference))), contract: contract, seed: seed)
    }

    static func judge(_ alarms: some Sequence<Bool>, in outcome: inout Outcome, changeAt: Int = Self.changeAt) {
        outcome.streams += 1
        for (row, isAlarm) in alarms.enumerated() where isAlarm {
            if row < changeAt { outcome.falseAlarms += 1 } else { outcome.delays.append(row - changeAt + 1) }
            return
        }
        outcome.missed += 1
    }

    /// The rows between false alarms where nothing changes: all rows by all alarms, each stream watched to its first alarm or
    /// for ten times the promised length.
    private func runLength(_ progress: (String) -> Void) throws -> Outcome {
        var outcome = Outcome(name: "quiet")
        outcome.quietRows = 0
        let clock = ContinuousClock()
        var watched = Duration.zero
        for repetition in 0..<repetitions {
            var generator = SeededGenerator(seed: seed, stream: UInt64(9_000_000 + repetition))
            var column = try Self.detector(
                Population.normal.draw(Self.referenceRows, &generator), seed: UInt64(repetition))
            outcome.streams += 1
            var rows = 0
            while rows < 100_000, !column.isAlarm {
                let block = Population.normal.draw(1000, &generator)
                let start = clock.now
                for number in block {
                    column.add(number: number)
                    rows += 1
                    if column.isAlarm { break }
                }
                watched += clock.now - start
            }
            outcome.quietRows? += rows
            if column.isAlarm { outcome.falseAlarms += 1 } else { outcome.missed += 1 }
            if (repetition + 1).isMultiple(of: 50) { progress("quiet: \(repetition + 1) of \(repetitions)") }
        }
        let (seconds, attoseconds) = watched.components
        outcome.nanosecondsPerRow =
            (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(max(1, outcome.quietRows ?? 1))
        return outcome
    }

    private func describe(_ folder: String, _ repetitions: Int) throws {
        struct Meta: Encodable {
            let repetitions: Int
            let seed: UInt64
            let reference_rows: Int
            let change_at: Int
            let horizon: Int
        }
        let meta = Meta(
            repetitions: repetitions, seed: seed, reference_rows: Self.referenceRows, change_at: Self.changeAt,
            horizon: Self.horizon)
        try FileSystem.write(try ArtifactCoding.encode(meta), to: "\(folder)/meta.json")
    }
}
