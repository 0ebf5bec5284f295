import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore

/// Gathers what the gate is to judge a registered challenger by.
struct ChallengerTest {
    /// The requests that are tried in the sandbox.
    private static let requestCount = 300
    private static let flags = "leeway_requests"

    let configuration: ProjectConfiguration
    let project: Project
    let sandbox: any Sandbox
    let engine: any Engine

    /// Holds the challenger against the champion.
    ///
    /// - Throws: what loading versions and the engine throw; what goes wrong in the sandbox is in the report.
    func run(
        champion: ModelBundle, challenger: ModelVersion, _ retraining: RetrainingData, _ split: Split.Output,
        heldOut: HeldOutRows?
    ) async throws -> GateReport {
        let bundle = try ModelBundle.load(challenger, in: project)
        let sides = ScoredSides(champion: champion, challenger: bundle, target: configuration.target.column)
        let (data, rules) = (retraining.data, configuration.retraining.gate)
        var evidence = GateEvidence()
        let old = Set(heldOut?.hashes ?? [])
        let oldRows: Dataset
        let newPlaces: [Int]
        if let heldOut {
            oldRows = heldOut.dataset
            newPlaces = split.testRows.filter { !old.contains(data.rowHashes[$0]) }
        } else {
            // A version that kept no test rows: the source's have been its own as long as the source is the same.
            oldRows = data.dataset.rows(split.testRows.filter { $0 < retraining.logStart })
            newPlaces = split.testRows.filter { $0 >= retraining.logStart }
        }
        evidence.oldTest = try sides.scores(oldRows)
        let newest = newestRows(newPlaces, retraining)
        let window = data.dataset.rows(newest)
        evidence.window = try sides.scores(window)
        let isWindow = newest.count >= rules.sliceRows
        let (sliced, scores) = isWindow ? (window, evidence.window) : (oldRows, evidence.oldTest)
        if let scores {
            evidence.slices = try sides.slices(
                sliced, scores, columns: rules.sliceColumns, fewestRows: rules.sliceRows)
        }
        let places = newest.suffix(Self.requestCount)
        try await trySandbox(
            champion.version, challenger, data, places.isEmpty ? split.testRows.suffix(Self.requestCount) : places,
            &evidence)
        return try PromotionGate(
            rules, threshold: bundle.metadata.configuration.model.threshold, seed: UInt64(configuration.seed)
        ).evaluate(evidence)
    }

    /// The newest of rows, in their order; those whose time is not known come first.
    private func newestRows(_ places: [Int], _ retraining: RetrainingData) -> [Int] {
        guard places.count > configuration.retraining.gateRows else { return places }
        let times = retraining.times
        return places.sorted { (times[$0] ?? .min, $0) < (times[$1] ?? .min, $1) }
            .suffix(configuration.retraining.gateRows)
    }

    private func trySandbox(
        _ champion: ModelVersion, _ challenger: ModelVersion, _ data: IngestedData, _ places: ArraySlice<Int>,
        _ evidence: inout GateEvidence
    ) async throws {
        let requests = try await self.requests(data, places)
        evidence.isSandboxed = true
        do throws(LeewayError) {
            let report = try await sandbox.run(champion: champion, challenger: challenger, requests: requests)
            evidence.latency = .init(
                champion: report.championMicroseconds, challenger: report.challengerMicroseconds)
            evidence.contractProblems = report.contractProblems
            if report.refused > 0 {
                evidence.contractProblems?.append("\(report.refused) of \(report.rows) requests that were tried.")
            }
        } catch {
            if error.code == .interrupted { throw error }
            evidence.sandboxProblem = error.message
        }
    }

    /// Rows as a client would send them, a JSON object a line.
    private func requests(_ data: IngestedData, _ places: ArraySlice<Int>) async throws -> [UInt8] {
        var flags = [Bool](repeating: false, count: data.dataset.rowCount)
        for place in places { flags[place] = true }
        try await engine.ingest(
            table: Self.flags, columns: [ArrowExportColumn("leeway_is_tried", .boolean(flags))], mode: .replace)
        let members = data.columns.filter { $0.name != configuration.target.column }.map { column in
            "\(column.name.sqlLiteral): s.\(column.name.sqlName)"
        }
        let rows = try await engine.texts(
            """
            SELECT CAST(to_json({\(members.joined(separator: ", "))}) AS VARCHAR)
            FROM \(SourceTable.name.sqlName) AS s POSITIONAL JOIN \(Self.flags) AS f WHERE f.leeway_is_tried
            """)
        return Array(rows.map { $0[0] }.joined(separator: "\n").utf8)
    }
}
