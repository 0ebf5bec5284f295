import LeewayCore
package import LeewayEngine
package import LeewayMonitor

/// Replays quiet windows and streams of a reference, to show how often the rules raise an alarm where nothing moved.
package struct CalibrationRun: Sendable {
    /// The most rows of the reference that are replayed.
    static let sampleSize = 50_000

    /// What came of it.
    package struct Outcome: Sendable {
        /// The reference, for a person.
        package let name: String
        package let windows: QuietReplay.Outcome
        /// nil where no contract was given.
        package let streams: QuietStreams.Outcome?
    }

    private let replay: QuietReplay
    private let streams: QuietStreams?
    private let dropped: Set<String>
    private let seed: UInt64

    package init(_ replay: QuietReplay, _ streams: QuietStreams?, dropped: Set<String>, seed: UInt64) {
        (self.replay, self.streams, self.dropped, self.seed) = (replay, streams, dropped, seed)
    }

    /// Replays the training rows of a version.
    ///
    /// - Throws: `damagedArtifact`, `notEnoughRows`, `interrupted`; what the engine says of the rows.
    package func run(
        _ bundle: ModelBundle, in project: Project, on engine: any Engine,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> Outcome {
        var reference = try DriftReference.of(bundle)
        try DriftRun.check(dropped, among: reference.columns.map(\.name))
        try await reference.readSample(of: bundle, in: project, seed: seed, engine: engine)
        return try run(reference.sample, reference.name, progress)
    }

    /// Replays the rows of files.
    ///
    /// - Throws: what reading the files throws; `notEnoughRows`, `interrupted`.
    package func run(
        _ source: SourceConfiguration, on engine: any Engine, progress: @escaping @Sendable (String) -> Void
    ) async throws -> Outcome {
        let files = try await ScannedFiles(source, asTexts: false, resolve: { $0 }, engine: engine)
        try DriftRun.check(dropped, among: files.names)
        let columns = DriftReference.comparable(files, ignoring: dropped).columns
        let sample = try await SampledColumns.read(columns, of: files, size: Self.sampleSize, seed: seed, engine)
        return try run(sample, files.name, progress)
    }

    private func run(
        _ sample: [Dataset.Column], _ name: String, _ progress: (String) -> Void
    ) throws(LeewayError) -> Outcome {
        let table = try Dataset(columns: sample.filter { !dropped.contains($0.name) })
        let windows = try replay.run(
            table, isCancelled: { Task.isCancelled }, progress: { progress("windows \($0.grouped)") })
        let streams = try streams?.run(
            table, isCancelled: { Task.isCancelled }, progress: { progress("rows \($0.grouped)") })
        return Outcome(name: name, windows: windows, streams: streams)
    }
}
