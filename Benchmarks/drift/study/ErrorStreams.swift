import LeewayMonitor
import LeewayStore

/// How soon a model's errors tell that what it learned no longer holds: streams of 0 and 1 that somebody else wrote.
///
/// The first rows of each stream are the model's errors on rows that it was not fitted on, before the change.
struct ErrorStreams {
    /// What `meta.json` says of a folder of streams.
    struct Meta: Decodable {
        let repetitions: Int
        let reference_rows: Int
        let change_at: Int
    }

    let folder: String

    func run() throws -> ChangedStreams.Outcome {
        let meta = try ArtifactCoding.decode(
            Meta.self, from: try FileSystem.read("\(folder)/meta.json"), name: "\(folder)/meta.json")
        let name = folder.split(separator: "/").last.map(String.init) ?? folder
        var outcome = ChangedStreams.Outcome(name: name)
        for repetition in 0..<meta.repetitions {
            let errors = try NumpyFile.read("\(folder)/stream_\(repetition).npy")
            let known = errors.prefix(meta.reference_rows)
            var harm = try SequentialHarm(
                errors: known.count { $0 > 0.5 }, rows: known.count, contract: ChangedStreams.contract)
            ChangedStreams.judge(
                errors.dropFirst(meta.reference_rows).lazy.map {
                    harm.add(loss: $0)
                    return harm.isAlarm
                },
                in: &outcome, changeAt: meta.change_at)
        }
        outcome.delays.sort()
        return outcome
    }
}
