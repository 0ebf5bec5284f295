import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore

/// Watches the logged rows of a version one after the other, from where the last look ended.
///
/// Rows are taken in the order of their ids up to a few seconds before now: by then every server has logged what came earlier.
struct StreamWatch {
    /// Rows that are looked at in one go; the next look goes on.
    static let rowLimit = 1_000_000
    /// How long a row may take from its id to the log.
    private static let settling: Int64 = 10_000

    /// What a look found.
    struct Outcome: Sendable {
        var rows = 0
        var alarms: [SequentialAlarm] = []
        /// The columns by their evidence, those with the most first; the alarm is due where the mean reaches the threshold.
        var ranking: [SequentialAlarm.Column] = []
        var evidence = 0.0
        var threshold = 0.0
    }

    private let version: ModelVersion
    private let columns: [ComparedColumn]
    private let counts: [ReferenceCounts]
    private let contract: FalseAlarmContract
    private let registry: Registry

    /// Takes a version's features; those of which the log has no values are passed over.
    init(
        _ version: ModelVersion, _ reference: DriftReference, redacted: Set<String>, contract: FalseAlarmContract,
        _ registry: Registry
    ) {
        let watched = zip(reference.columns, reference.counts)
            .filter { $0.0.role == .feature && !redacted.contains($0.0.name) }
        (columns, counts) = (watched.map(\.0), watched.map(\.1))
        (self.version, self.contract, self.registry) = (version, contract, registry)
    }

    /// Looks at the rows since the last look, and keeps how far it came; nil where there is nothing to watch.
    ///
    /// - Throws: what the engine says of the log; `registryFailed`, `diskFull`.
    func look(in project: Project, now: Timestamp, engine: any Engine) async throws -> Outcome? {
        guard !columns.isEmpty else { return nil }
        var walk = Walk(
            detectors: try SequentialColumns(counts, contract: contract, seed: UInt64(version.number)),
            bins: WindowBins(counts, labels: []), columns: columns)
        let name = "sequential:\(version.number)"
        if let state = try registry.monitorState(model: version.model, name: name), state.count > Self.idLength {
            // A state of other settings is no state: the stream begins anew, from the same row on.
            walk.lastID = String(decoding: state.prefix(Self.idLength), as: UTF8.self)
            try? walk.detectors.restore(Array(state.dropFirst(Self.idLength)))
        }
        let since = UUIDv7(walk.lastID)?.time
        guard let rows = try LoggedRows(of: version, in: project, since: since, engine.dialect) else { return nil }
        let end = UUIDv7(Timestamp(milliseconds: now.milliseconds - Self.settling), random: (0, 0)).description
        let sql = rows.query(
            columns, extra: ["id"], where: "id > \(walk.lastID.sqlLiteral) AND id < \(end.sqlLiteral)",
            order: "id LIMIT \(Self.rowLimit)")
        let start = walk
        walk = try await engine.query(sql, into: { _ in start }, { walk, batch in try walk.add(batch) })
        if walk.outcome.rows > 0 {
            try registry.setMonitorState(
                Array(walk.lastID.utf8) + walk.detectors.encoded(), model: version.model, name: name, at: now)
        }
        var outcome = walk.outcome
        outcome.ranking = walk.detectors.ranking()
        (outcome.evidence, outcome.threshold) = (walk.detectors.evidence, contract.threshold)
        return outcome
    }

    private static let idLength = 36

    /// The detectors on their way through the rows.
    private struct Walk: Sendable {
        var detectors: SequentialColumns
        let bins: WindowBins
        let columns: [ComparedColumn]
        var lastID = "00000000-0000-0000-0000-000000000000"
        var outcome = Outcome()

        mutating func add(_ batch: borrowing ArrowBatch) throws {
            var (numbers, codes) = ([[Double]](), [[Int32]]())
            for (place, column) in columns.enumerated() {
                var (own, ownCodes) = ([Double](), [Int32]())
                if column.kind == .number {
                    try batch.appendNumbers(of: place, to: &own)
                } else {
                    try batch.withTexts(of: place) { texts in
                        ownCodes = texts.map { text in
                            text.string.map { bins.code(of: $0, in: place) } ?? WindowCounts.missingCode
                        }
                    }
                }
                numbers.append(own)
                codes.append(ownCodes)
            }
            for row in 0..<batch.rowCount {
                for (place, column) in columns.enumerated() {
                    if column.kind == .number {
                        detectors.add(number: numbers[place][row], to: place)
                    } else {
                        detectors.add(code: codes[place][row], to: place)
                    }
                }
                if let alarm = detectors.endRow() { outcome.alarms.append(alarm) }
            }
            outcome.rows += batch.rowCount
            try batch.withTexts(of: columns.count) { ids in lastID = ids.last?.string ?? lastID }
        }
    }
}
