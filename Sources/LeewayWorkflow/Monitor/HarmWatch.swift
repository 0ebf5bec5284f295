import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore

/// Watches the errors of a version, label by label, from where the last look ended.
struct HarmWatch: Sendable {
    /// Labels that are looked at in one go; the next look goes on.
    static let labelLimit = 1_000_000

    private let version: ModelVersion
    private let classes: TargetClasses
    private let configuration: MonitoringConfiguration
    private let registry: Registry
    private let start: SequentialHarm
    private let testRisk: Double
    private let limit: Int

    /// Takes what the version got wrong of the rows that tested it.
    ///
    /// - Throws: `invalidSetting`, `notEnoughRows` where no risk is above what is tolerated.
    init(
        _ version: ModelVersion, classes: TargetClasses, _ reference: PerformanceReference,
        _ configuration: MonitoringConfiguration, _ registry: Registry, limit: Int = labelLimit
    ) throws(LeewayError) {
        (self.version, self.classes, self.registry, self.limit) = (version, classes, registry, limit)
        self.configuration = configuration
        testRisk = Double(reference.errors) / Double(max(reference.rows, 1))
        start = try SequentialHarm(
            errors: reference.errors, rows: reference.rows, tolerance: configuration.harmTolerance,
            contract: configuration.sequential.contract.falseAlarms)
    }

    /// Looks at the labels since the last look, and keeps how far it came.
    ///
    /// - Throws: what the engine says of the logs; `registryFailed`, `diskFull`.
    func look(in project: Project, now: Timestamp, engine: any Engine) async throws -> HarmFinding {
        let name = "harm:\(version.number)"
        var state =
            try registry.monitorState(model: version.model, name: name).flatMap { WatchState($0) }
            ?? WatchState()
        state.forget(at: now, after: configuration.window)
        var harm = start
        // A state of other settings is no state: evidence begins anew, from the same label on.
        try? harm.restore(state.detector)
        let window = WatchWindow(state, now: now, settling: configuration.settling)
        let rows = window.lag == nil ? try await read(window, in: project, engine) : []
        var finding = HarmFinding(labels: rows.count, isCutShort: rows.count >= limit, lag: window.lag)
        for row in rows {
            let isWrong = row.isCalled != row.isPositive
            finding.errors += isWrong ? 1 : 0
            harm.add(loss: isWrong ? 1 : 0)
            guard harm.isAlarm else { continue }
            let alarm = StandingAlarm(
                at: UUIDv7(row.labelID)?.time ?? now, foundAt: now, rows: harm.rowsInRun, evidence: harm.evidence,
                columns: [])
            finding.alarms.add(alarm)
            state.raise(alarm)
            harm.reset()
        }
        if let id = rows.last?.labelID {
            (state.lastID, state.detector) = (id, harm.encoded())
            try registry.setMonitorState(try state.encoded(), model: version.model, name: name, at: now)
        }
        finding.standing = state.standing(at: now, for: configuration.window)
        (finding.evidence, finding.threshold) = (harm.evidence, harm.contract.threshold)
        (finding.testRisk, finding.toleratedRisk) = (testRisk, harm.toleratedRisk)
        finding.recentRisk = harm.recentRisk
        return finding
    }

    private func read(
        _ window: WatchWindow, in project: Project, _ engine: any Engine
    ) async throws -> [LabelledRows.Row] {
        try await SteadyLog.read {
            try await LabelledRows.read(
                of: version, classes: classes, in: project, answeredSince: nil, labelled: window, limit: limit,
                engine: engine)
        }
    }
}
