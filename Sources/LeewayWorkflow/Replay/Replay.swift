import LeewayCore
package import LeewayEngine
import LeewayLearn
import LeewayMonitor
import LeewayValidate

/// Replays a project's source under several policies.
package struct Replay: Sendable {
    private let configuration: ProjectConfiguration
    private let project: Project
    private let options: ReplayOptions
    private let observer: any RunObserver
    private let environment: Environment
    private let cpuSeconds: @Sendable () -> Double
    private let threads: Int

    package init(
        _ configuration: ProjectConfiguration, in project: Project, _ options: ReplayOptions, threads: Int,
        cpuSeconds: @escaping @Sendable () -> Double, environment: Environment, observer: any RunObserver
    ) {
        (self.configuration, self.project, self.options) = (configuration, project, options)
        (self.cpuSeconds, self.environment, self.observer) = (cpuSeconds, environment, observer)
        self.threads = threads
    }

    /// Reads the source, and lets each policy live through it.
    ///
    /// - Throws: what reading throws; `missingColumn`, `wrongColumnKind` for the time; `notEnoughRows`.
    package func run(_ policies: [ReplayPolicy], engine: any Engine) async throws -> ReplayReport {
        let context = RunContext(
            configuration: configuration, project: project, engine: engine, folder: nil, threads: threads)
        var clock = StageClock(seconds: environment.seconds, observer: observer)
        let data = try await clock.time(Ingest(), configuration.source, context) { data in
            "\(counted(data.profile.rowCount, "row")) × \(counted(data.profile.columnCount, "column"))"
        }
        let history = try ReplayHistory(
            data, times: try await times(data, engine), configuration, excluding: options.time)
        let end = history.first.milliseconds + Int64(options.warmUp.wholeMilliseconds)
        guard end < history.last.milliseconds else {
            throw LeewayError(
                .notEnoughRows, "The history is no longer than the time that the first version is trained on.",
                hint: "Say a shorter --warm-up.")
        }
        var (results, scores): ([ReplayReport.Policy], [[Double]]) = ([], [])
        for policy in policies {
            observer.began(policy.name)
            let start = environment.seconds()
            let (result, said) = try ReplayRun(
                history: history, configuration: configuration, options: options, cpuSeconds: cpuSeconds,
                threads: threads
            ).run(policy)
            observer.ended(
                policy.name,
                "AUC \(result.rocAUC.map { NumberFormat.fixed($0, 4) } ?? "–"), \(counted(result.retrainings, "retraining"))",
                seconds: environment.seconds() - start)
            results.append(result)
            scores.append(said)
        }
        return ReplayReport(
            rows: history.order.count, warmUpRows: history.order.count { history.times[$0] < end },
            from: history.first.description, to: history.last.description, step: options.step.written,
            labelDelay: options.labelDelay.written, policies: results,
            behind: try Self.behind(results, scores, history))
    }

    /// By how much each policy is worse than the one with the largest AUC, on the rows that all of them answered.
    private static func behind(
        _ policies: [ReplayReport.Policy], _ scores: [[Double]], _ history: ReplayHistory
    ) throws(LeewayError) -> [ReplayReport.Difference] {
        let areas = policies.map { $0.rocAUC ?? 0 }
        guard let best = areas.indices.max(by: { areas[$0] < areas[$1] }), policies.count > 1 else { return [] }
        let rows = history.order.filter { !scores[best][$0].isNaN }
        let labels = rows.map { history.labels[$0] }
        var found: [ReplayReport.Difference] = []
        for (place, policy) in policies.enumerated() where place != best {
            let pair = try PairedScores(
                labels: labels, champion: rows.map { scores[place][$0] }, challenger: rows.map { scores[best][$0] })
            func difference(_ metric: GateMetric) -> ReplayReport.Difference.Interval? {
                PairedComparison(metric, pair).map {
                    let interval = $0.interval()
                    return .init(value: $0.improvement, lower: interval.lower, upper: interval.upper)
                }
            }
            found.append(
                .init(
                    policy: policy.name, than: policies[best].name, rocAUC: difference(.rocAUC),
                    logLoss: difference(.logLoss)))
        }
        return found
    }

    /// When each row was, in milliseconds since 1970.
    private func times(_ data: IngestedData, _ engine: any Engine) async throws -> [Int64?] {
        guard let column = data.columns.first(where: { $0.name == options.time }) else {
            throw LeewayError(
                .missingColumn, "The source has no column '\(options.time)'.",
                hint: NearestName.of(options.time, among: data.columns.map(\.name)).map { "Did you mean '\($0)'?" })
        }
        let name = column.name.sqlName
        let text = "CAST(\(name) AS TIMESTAMP)"
        guard column.type == .date || column.type == .timestamp || column.type == .text else {
            throw LeewayError(
                .wrongColumnKind, "Column '\(options.time)' is no date and no time.",
                hint: "--time must name a column of dates or timestamps.")
        }
        return try await engine.table(
            "SELECT epoch_ms(\(column.type == .text ? "TRY_\(text)" : text)) AS t FROM \(SourceTable.name.sqlName)"
        ).integers("t")
    }
}
