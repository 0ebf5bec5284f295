package import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayValidate
import LeewayWire

/// What was found of servers that ended without closing their logs, and what became of it.
package struct LogRecovery: Sendable {
    /// How many segments were sealed for a process that is no more.
    package var sealedSegments = 0
    /// Bytes of torn last lines that were cut off; nothing had been answered with them.
    package var cutBytes = 0
    /// Rows that were in the log and not yet counted.
    package var recountedRows = 0
    /// Lines that could not be read.
    package var damagedLines = 0
    /// Segments that could not be sealed or counted now; they are tried again.
    package var failures: [LeewayError] = []

    /// Whether there was anything to do.
    package var isEmpty: Bool { sealedSegments == 0 && recountedRows == 0 && cutBytes == 0 && failures.isEmpty }

    /// Seals the segments of dead processes, and counts what no process has put into the totals.
    ///
    /// - Throws: `fileNotAccessible`, `registryFailed`, `diskFull`.
    static func run(
        _ project: Project, _ registry: Registry, load: @escaping (ModelVersion) throws(LeewayError) -> ServedModel
    ) throws -> LogRecovery {
        let counting = Counting(registry, try RecoveryVersions(registry, load: load))
        try counting.run(LogFolder(project.predictionLog))
        // Of labels nothing is counted.
        counting.take(try LogFolder(project.feedbackLog).recover())
        return counting.recovery
    }

    /// One pass over a log.
    private final class Counting {
        private let registry: Registry
        private let versions: RecoveryVersions
        private let keeper: WindowKeeper
        var recovery = LogRecovery()

        init(_ registry: Registry, _ versions: RecoveryVersions) {
            (self.registry, self.versions) = (registry, versions)
            keeper = WindowKeeper(registry, newName: { UUIDv7(high: 0, low: 0) })
        }

        func run(_ folder: LogFolder) throws {
            // Asked first: what is counted now and has no file then was removed, and grows no more.
            let unfinished = try registry.unfinishedSegments()
            take(try folder.recover { segment, path in try count(segment, path) })
            for segment in try folder.segments() where segment.state == .sealed && segment.format == .jsonLines {
                guard try registry.countedBytes(of: segment.name.description) != Registry.finished else { continue }
                attempt(segment.name) {
                    try count(segment, segment.path)
                    try keeper.fold(segment.name.description)
                }
            }
            let names = Set(try folder.segments().map(\.name.description))
            for name in unfinished where !names.contains(name) {
                guard let id = UUIDv7(name) else { continue }
                attempt(Segment.Name(id)) {
                    try resume(Segment.Name(id))
                    try keeper.fold(name)
                }
            }
        }

        func take(_ found: LogFolder.Recovery) {
            recovery.sealedSegments += found.recovered.count
            recovery.cutBytes += found.cutBytes
            recovery.failures += found.failures.map(\.error)
        }

        /// One segment that can't be counted now stops no other.
        private func attempt(_ segment: Segment.Name, _ work: () throws -> Void) {
            do {
                try work()
            } catch let error as LeewayError {
                recovery.failures.append(error)
            } catch {
                recovery.failures.append(
                    LeewayError(.registryFailed, "A segment of the log can't be counted: \(error)."))
            }
            keeper.drop(segment)
        }

        private func resume(_ segment: Segment.Name) throws(LeewayError) {
            try keeper.resume(segment, try registry.windows(segment: segment.description)) { row throws(LeewayError) in
                try versions.find(row.model, row.number).tally?.bins
            }
        }

        /// Counts what the registry has not of a segment, and puts it there; all of it or nothing.
        ///
        /// - Throws: `unknownVersion`, `damagedArtifact` where rows of a version can't be counted now.
        private func count(_ segment: Segment, _ path: String) throws {
            defer { keeper.drop(segment.name) }
            let counted = try registry.countedBytes(of: segment.name.description) ?? 0
            guard counted != Registry.finished else { return }
            try resume(segment.name)
            var (rowCount, damagedCount) = (0, 0)
            try LogFolder.forEachLine(of: path, from: counted) { line in
                guard let (head, rows, model) = try read(line) else {
                    damagedCount += 1
                    return
                }
                rowCount += 1
                let scores = ServedModel.Scores(
                    probabilities: [head.probability], isPositive: [head.label == model.classes.positive])
                keeper.recount(
                    segment.name, CountedRows(model: model, rows: rows, scores: scores, hour: head.time.hour))
            }
            try keeper.checkpointEnded(segment)
            recovery.recountedRows += rowCount
            recovery.damagedLines += damagedCount
        }

        /// A line with the version that answered it; nil for one that can't be read.
        ///
        /// - Throws: `unknownVersion`, `damagedArtifact`.
        private func read(
            _ line: UnsafeBufferPointer<UInt8>
        ) throws(LeewayError) -> (PredictionLine, ContractRows, ServedModel)? {
            var rows: ContractReader?
            var model: Result<ServedModel, LeewayError>?
            let head = try? PredictionLine(
                line,
                inputs: { name, number in
                    let found = Result { () throws(LeewayError) in try versions.find(name, number) }
                    model = found
                    return (try? found.get()).map { ContractReader($0.contract) }
                }, take: { rows = $0 })
            guard let head, let model else { return nil }
            let found = try model.get()
            guard let rows else { return nil }
            return (head, rows.rows, found)
        }
    }
}
