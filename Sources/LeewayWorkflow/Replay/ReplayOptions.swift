import LeewayCore
package import LeewayEngine
import LeewayValidate

/// How a history is replayed.
package struct ReplayOptions: Sendable {
    /// The column that tells when a row was.
    package var time: String
    /// How much of the history trains the first version.
    package var warmUp = Duration.seconds(31 * 86_400)
    /// How long a step is: the monitor looks, and the policy decides, at the end of each.
    package var step = Duration.seconds(86_400)
    /// How late labels come.
    package var labelDelay = Duration.seconds(86_400)

    package init(time: String) { self.time = time }
}

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
        var results: [ReplayReport.Policy] = []
        for policy in policies {
            observer.began(policy.name)
            let start = environment.seconds()
            let result = try ReplayRun(
                history: history, configuration: configuration, options: options, cpuSeconds: cpuSeconds,
                threads: threads
            ).run(policy)
            observer.ended(
                policy.name,
                "AUC \(result.rocAUC.map { NumberFormat.fixed($0, 4) } ?? "–"), \(counted(result.retrainings, "retraining"))",
                seconds: environment.seconds() - start)
            results.append(result)
        }
        return ReplayReport(
            rows: history.order.count, warmUpRows: history.order.count { history.times[$0] < end },
            from: history.first.description, to: history.last.description, step: options.step.written,
            labelDelay: options.labelDelay.written, policies: results)
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
