import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore

/// Watches the logged rows of a version one after the other, from where the last look ended.
///
/// Rows are taken in the order of their ids. Where neighbouring rows are alike they are taken in blocks: a block that is not full waits.
struct StreamWatch: Sendable {
    /// Rows that are looked at in one go; the next look goes on.
    static let rowLimit = 1_000_000

    private let version: ModelVersion
    private let columns: [ComparedColumn]
    private let counts: [ReferenceCounts]
    private let configuration: MonitoringConfiguration
    private let registry: Registry
    private let limit: Int

    /// Takes a version's features; those of which the log has no values are passed over.
    init(
        _ version: ModelVersion, _ reference: DriftReference, redacted: Set<String>,
        _ configuration: MonitoringConfiguration, _ registry: Registry, limit: Int = rowLimit
    ) {
        let watched = zip(reference.columns, reference.counts)
            .filter { $0.0.role == .feature && !redacted.contains($0.0.name) }
        (columns, counts) = (watched.map(\.0), watched.map(\.1))
        (self.version, self.configuration, self.registry, self.limit) = (version, configuration, registry, limit)
    }

    /// Whether there is a column to watch.
    var isPossible: Bool { !columns.isEmpty }

    /// Looks at the rows since the last look, and keeps how far it came.
    ///
    /// - Throws: what the engine says of the log; `registryFailed`, `diskFull`.
    func look(in project: Project, now: Timestamp, engine: any Engine) async throws -> StreamFinding {
        let name = "sequential:\(version.number)"
        var state =
            try registry.monitorState(model: version.model, name: name).flatMap { WatchState($0) } ?? WatchState()
        state.forget(at: now, after: configuration.window)
        let start = try StreamWalk(
            columns, counts, configuration.sequential, seed: UInt64(version.number), from: state, now: now)
        let window = WatchWindow(start.state, now: now, settling: configuration.settling)
        let walk = try await SteadyLog.read { try await read(window, from: start, in: project, engine) }
        if walk.rows > 0 {
            try registry.setMonitorState(
                try walk.endState.encoded(), model: version.model, name: name, at: now)
        }
        var finding = StreamFinding(block: configuration.sequential.block, evidence: walk.evidence)
        (finding.rows, finding.alarms, finding.lag) = (walk.rows, walk.alarms, window.lag)
        finding.isCutShort = walk.readRows >= wanted
        finding.standing = walk.state.standing(at: now, for: configuration.window)
        return finding
    }

    /// The rows of one go, which are whole blocks.
    private var wanted: Int {
        let block = configuration.sequential.block ?? 1
        return max(1, limit / block) * block
    }

    private func read(
        _ window: WatchWindow, from start: StreamWalk, in project: Project, _ engine: any Engine
    ) async throws -> StreamWalk {
        let since = start.state.lastTime
        guard window.lag == nil,
            let rows = try LoggedRows(of: version, in: project, since: since, engine.dialect)
        else { return start }
        let sql = rows.query(
            columns, extra: ["id"], where: window.condition("id"), order: "id LIMIT \(wanted)")
        return try await engine.query(sql, into: { _ in start }, { walk, batch in try walk.add(batch) })
    }
}
