import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore

/// Watches the errors of a version, label by label, from where the last look ended.
struct HarmWatch: Sendable {
    /// What a look found.
    struct Outcome: Sendable {
        var rows = 0
        var alarms = 0
        var evidence = 0.0
        var threshold = 0.0
        var toleratedRisk = 0.0
        var recentRisk = 0.0
    }

    /// How long a label may take from its id to the log.
    private static let settling: Int64 = 10_000
    private static let idLength = 36

    private let version: ModelVersion
    private let classes: TargetClasses
    private let registry: Registry
    private let start: SequentialHarm

    /// Takes what the version got wrong of the rows that tested it.
    ///
    /// - Throws: `invalidSetting`, `notEnoughRows` where no risk is above what is tolerated.
    init(
        _ version: ModelVersion, classes: TargetClasses, errors: Int, of rows: Int, tolerance: Double,
        contract: FalseAlarmContract, _ registry: Registry
    ) throws(LeewayError) {
        (self.version, self.classes, self.registry) = (version, classes, registry)
        start = try SequentialHarm(errors: errors, rows: rows, tolerance: tolerance, contract: contract)
    }

    /// Looks at the labels since the last look, and keeps how far it came.
    ///
    /// - Throws: what the engine says of the logs; `registryFailed`, `diskFull`.
    func look(in project: Project, now: Timestamp, engine: any Engine) async throws -> Outcome {
        let name = "harm:\(version.number)"
        var (harm, last) = (start, String?.none)
        if let state = try registry.monitorState(model: version.model, name: name), state.count > Self.idLength {
            last = String(decoding: state.prefix(Self.idLength), as: UTF8.self)
            // A state of other settings is no state: evidence begins anew, from the same label on.
            try? harm.restore(Array(state.dropFirst(Self.idLength)))
        }
        let rows = try await LabelledRows.read(
            of: version, classes: classes, in: project, answeredSince: nil, labelledAfter: last,
            end: Timestamp(milliseconds: now.milliseconds - Self.settling), engine: engine)
        var outcome = Outcome(rows: rows.count, threshold: start.contract.threshold)
        for row in rows {
            harm.add(loss: row.isCalled == row.isPositive ? 0 : 1)
            if harm.isAlarm {
                outcome.alarms += 1
                harm.reset()
            }
        }
        if let id = rows.last?.labelID {
            try registry.setMonitorState(
                Array(id.utf8) + harm.encoded(), model: version.model, name: name, at: now)
        }
        (outcome.evidence, outcome.toleratedRisk) = (harm.evidence, harm.toleratedRisk)
        outcome.recentRisk = harm.recentRisk
        return outcome
    }
}
