package import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayValidate
import LeewayWire

/// What was found of servers that ended without closing their log, and what became of it.
package struct LogRecovery: Sendable {
    /// How many segments were sealed for a process that is no more.
    package var sealedSegments = 0
    /// Bytes of torn last lines that were cut off; nothing had been answered with them.
    package var cutBytes = 0
    /// Rows that were in the log and not yet counted.
    package var recountedRows = 0
    /// Lines that could not be read.
    package var damagedLines = 0
    /// Segments that could not be sealed or counted now.
    package var failures: [LeewayError] = []

    /// Whether there was anything to do.
    package var isEmpty: Bool { sealedSegments == 0 && recountedRows == 0 && cutBytes == 0 && failures.isEmpty }

    /// Seals the segments of dead processes, and counts what no process has put into the totals.
    ///
    /// - Throws: `fileNotAccessible`, `registryFailed`, `diskFull`.
    static func run(_ project: Project, _ registry: Registry, _ catalog: ModelCatalog) throws -> LogRecovery {
        var recovery = LogRecovery()
        let folder = LogFolder(project.predictionLog)
        // Asked first: what is counted now and has no file then was removed, and grows no more.
        let unfinished = try registry.unfinishedSegments()
        let keeper = WindowKeeper(registry, newName: { UUIDv7(high: 0, low: 0) })
        let found = try folder.recover { segment, path in
            try recovery.count(segment, path, registry, keeper, catalog)
        }
        recovery.sealedSegments = found.recovered.count
        recovery.cutBytes = found.cutBytes
        recovery.failures += found.failures.map(\.error)
        for segment in try folder.segments() where segment.state == .sealed && segment.format == .jsonLines {
            guard try registry.countedBytes(of: segment.name.description) != Registry.finished else { continue }
            do {
                try recovery.count(segment, segment.path, registry, keeper, catalog)
                try keeper.seal(segment)
            } catch let error as LeewayError {
                recovery.failures.append(error)
                keeper.drop(segment.name)
            }
        }
        let names = Set(try folder.segments().map(\.name.description))
        for name in unfinished where !names.contains(name) {
            guard let id = UUIDv7(name) else { continue }
            do throws(LeewayError) {
                try keeper.resume(Segment.Name(id), try registry.windows(segment: name)) { row in
                    (try? catalog.find(row.model, "\(row.number)"))?.tally?.bins
                }
                try keeper.fold(name)
                keeper.drop(Segment.Name(id))
            } catch {
                recovery.failures.append(error)
            }
        }
        return recovery
    }

    /// Counts what the registry has not of a segment, and puts it there.
    private mutating func count(
        _ segment: Segment, _ path: String, _ registry: Registry, _ keeper: WindowKeeper, _ catalog: ModelCatalog
    ) throws {
        let name = segment.name.description
        guard let counted = try registry.countedBytes(of: name) ?? Optional(0), counted != Registry.finished else {
            return
        }
        try keeper.resume(segment.name, try registry.windows(segment: name)) { row in
            (try? catalog.find(row.model, "\(row.number)"))?.tally?.bins
        }
        try LogFolder.forEachLine(of: path, from: counted) { line in
            var rows: ContractReader?
            var model: ServedModel?
            let head = try? PredictionLine(
                line,
                inputs: { name, number in
                    model = try? catalog.find(name, "\(number)")
                    return model.map { ContractReader($0.contract) }
                }, take: { rows = $0 })
            guard let head, let rows, let model else {
                damagedLines += 1
                return
            }
            recountedRows += 1
            let scores = ServedModel.Scores(
                probabilities: [head.probability], isPositive: [head.label == model.classes.positive])
            keeper.recount(
                segment.name, CountedRows(model: model, rows: rows.rows, scores: scores, hour: head.time.hour))
        }
        try keeper.checkpointEnded(segment)
    }
}
