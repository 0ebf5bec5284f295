import LeewayMonitor

/// How soon a model's errors tell that what it learned no longer holds: streams of 0 and 1 that somebody else wrote.
///
/// The first rows of each stream are the model's errors on rows that it was not fitted on, before the change.
struct ErrorStreams {
    let folder: String

    func run() throws -> WatchedStreams {
        let meta = try StreamFolder.read(folder)
        let name = folder.split(separator: "/").last.map(String.init) ?? folder
        var outcome = WatchedStreams(name, changeAt: meta.changeAt, rows: (meta.changeAt ?? 0) + meta.horizon)
        for repetition in 0..<meta.repetitions {
            let errors = try NumpyFile.read("\(folder)/stream_\(repetition).npy")
            let known = errors.prefix(meta.referenceRows)
            var harm = try SequentialHarm(
                errors: known.count { $0 > 0.5 }, rows: known.count, contract: ChangedStreams.contract)
            outcome.watch(
                errors.dropFirst(meta.referenceRows).prefix(outcome.rows).lazy.map {
                    harm.add(loss: $0)
                    return harm.isAlarm
                })
        }
        return outcome
    }
}
