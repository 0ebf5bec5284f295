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
    /// Rows without a change: of each stream at most, for ours and for the peers, who are slower, and in how many streams.
    static let (quietRows, exportedQuietRows, exportedQuietStreams) = (100_000, 10_000, 20)
    static let contract = FalseAlarmContract.runLength(10_000)

    let repetitions: Int
    let seed: UInt64
    /// The first so many streams of each change are written here, for the peers.
    var export: (folder: String, repetitions: Int)?

    func run(progress: (String) -> Void) throws -> [WatchedStreams] {
        var outcomes: [WatchedStreams] = []
        for (place, change) in Self.changes.enumerated() {
            var outcome = WatchedStreams(change.name, changeAt: Self.changeAt, rows: Self.changeAt + Self.horizon)
            for repetition in 0..<repetitions {
                var generator = SeededGenerator(seed: seed, stream: UInt64(place * 1_000_000 + repetition))
                let before = Population.normal.draw(Self.referenceRows, &generator)
                let quiet = Population.normal.draw(Self.changeAt, &generator)
                let changed = Population.normal.draw(Self.horizon, &generator)
                    .map { $0 * change.scale + change.mean }
                try write(before + quiet + changed, change.name, repetition, of: repetitions)
                var column = try Self.detector(before, seed: UInt64(repetition))
                outcome.watch(
                    (quiet + changed).lazy.map {
                        column.add(number: $0)
                        return column.isAlarm
                    })
            }
            try describe(change.name, repetitions, changeAt: Self.changeAt, horizon: Self.horizon)
            outcomes.append(outcome)
            progress(change.name)
        }
        outcomes.append(try quiet(progress))
        return outcomes
    }

    private static func detector(_ reference: [Double], seed: UInt64) throws -> SequentialColumn {
        try SequentialColumn(
            ReferenceCounts(Dataset.Column("x", .numeric(reference))), contract: contract, seed: seed)
    }

    /// Streams in which nothing changes, each for ten times the promised length at most.
    private func quiet(_ progress: (String) -> Void) throws -> WatchedStreams {
        var outcome = WatchedStreams("quiet", changeAt: nil, rows: Self.quietRows)
        let exported = min(repetitions, Self.exportedQuietStreams)
        var nanoseconds = 0.0
        for repetition in 0..<repetitions {
            var generator = SeededGenerator(seed: seed, stream: UInt64(9_000_000 + repetition))
            let before = Population.normal.draw(Self.referenceRows, &generator)
            // The same rows that ours looks at below, as far as it looks.
            var same = generator
            if repetition < exported, export != nil {
                let rows = before + Population.normal.draw(Self.exportedQuietRows, &same)
                try write(rows, "quiet", repetition, of: exported)
            }
            var column = try Self.detector(before, seed: UInt64(repetition))
            let numbers = Population.normal.draw(Self.quietRows, &generator)
            let start = ProcessTime.nanoseconds
            outcome.watch(
                numbers.lazy.map {
                    column.add(number: $0)
                    return column.isAlarm
                })
            nanoseconds += ProcessTime.nanoseconds - start
            if (repetition + 1).isMultiple(of: 50) { progress("quiet: \(repetition + 1) of \(repetitions)") }
        }
        try describe("quiet", exported, changeAt: nil, horizon: Self.exportedQuietRows)
        outcome.nanosecondsPerRow = nanoseconds / Double(max(1, outcome.watched))
        return outcome
    }

    // MARK: For the peers

    private func write(_ rows: [Double], _ name: String, _ repetition: Int, of repetitions: Int) throws {
        guard let export, repetition < min(export.repetitions, repetitions) else { return }
        let folder = "\(export.folder)/\(name)"
        try FileSystem.makeFolder(folder)
        try NumpyFile.write([rows], to: "\(folder)/stream_\(repetition).npy")
    }

    private func describe(_ name: String, _ repetitions: Int, changeAt: Int?, horizon: Int) throws {
        guard let export else { return }
        let folder = StreamFolder(
            repetitions: min(export.repetitions, repetitions), seed: seed, referenceRows: Self.referenceRows,
            changeAt: changeAt, horizon: horizon)
        try folder.write(to: "\(export.folder)/\(name)")
    }
}
