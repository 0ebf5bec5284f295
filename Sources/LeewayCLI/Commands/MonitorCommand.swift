import ArgumentParser
import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayWorkflow

struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Watch what a model is asked and how it turns out: keep the outcome, raise the alarm.",
        discussion: """
            Checks every model that has a champion, as the section 'monitoring' of leeway.yaml says: the log's newest window \
            against the training data, the rows since the last check one by one, the labels likewise, and how good the model is. \
            Each outcome is kept in the registry; 'monitoring.alerts' names who is told. --once ends with status 4 where something \
            drifted or harms, with 1 where a check failed; --every goes on until Ctrl-C or SIGTERM. docs/monitoring.md has the rest.

              leeway monitor --once           from cron
              leeway monitor --every 15m      as a service
            """)

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Check once.")
    var once = false

    @Option(help: "Check again and again, after so long: 15m, 1h.")
    var every: String?

    @Option(help: "The one model to check.")
    var model: String?

    @OptionGroup var step: StepOptions

    private var interval: Duration? { every.flatMap { Duration(written: $0) } }

    func validate() throws {
        guard once != (every != nil) else { throw ValidationError("Say --once or --every 15m.") }
        guard every == nil || interval.map({ $0 >= .seconds(1) }) ?? false else {
            throw ValidationError("--every must be a duration such as 30s, 15m or 1h.")
        }
    }

    func run() async throws {
        let project = projectOptions.project
        let limit = step.apply()
        guard FileSystem.kind(of: project.registry) != nil else {
            throw LeewayError(.unknownVersion, "No model is registered yet.", hint: "Train one with 'leeway run'.")
        }
        guard let lock = try ProcessLock(on: "\(project.home)/monitor.lock", isCreated: true) else {
            // A step of the loop: another process watches, which is as well.
            if step.stepBack { return }
            throw LeewayError(
                .registryFailed, "Another process monitors this project.",
                hint: "One is enough; end it, or leave this one be.")
        }
        defer { lock.release() }
        let (registry, rules) = (
            try Registry(path: project.registry), try ConfigurationReader.readMonitoring(projectOptions.config)
        )
        let redacted = try ConfigurationReader.readServing(projectOptions.config).log.redact
        let run = MonitorRun(project, registry, rules, redacted: Set(redacted.keys), Machine.environment)
        let courier = AlertCourier(
            AlertDelivery(registry, rules.alerts, Machine.alertMeans), style: output.style,
            errorStyle: output.progressStyle, isQuiet: output.quiet || output.json)
        let spill = SpillFolder(in: project.home)
        defer { spill.remove() }
        let engine = MonitorEngine { [engineOptions] in
            try engineOptions.open(
                threads: engineOptions.threads ?? Machine.coreCount, memoryLimit: limit.map(StepOptions.engineShare),
                spill)
        }
        guard let interval else { return try await checkOnce(run, courier, engine) }
        await checkAgain(run, courier, engine, every: interval)
    }

    private var text: MonitorText { MonitorText(style: output.style, width: Terminal.standardOutput.lineWidth) }

    /// Checks each model, one after the other; says what goes wrong on stderr.
    private func check(_ run: MonitorRun, _ engine: MonitorEngine) async throws -> [MonitorOutcome] {
        var outcomes: [MonitorOutcome] = []
        for version in try run.models(model) {
            let outcome = try await run.check(version, engine: engine.open)
            for failure in outcome.failures { Terminal.standardError.print(error: failure) }
            outcomes.append(outcome)
        }
        return outcomes
    }

    // MARK: Once

    private func checkOnce(_ run: MonitorRun, _ courier: AlertCourier, _ engine: MonitorEngine) async throws {
        let outcomes: [MonitorOutcome]
        do {
            outcomes = try await check(run, engine)
        } catch let error as LeewayError where error.code == .interrupted {
            Terminal.standardError.write("Interrupted: the next check goes on from here.\n")
            throw ExitStatus.interrupted
        }
        if !output.json, !output.quiet {
            if outcomes.isEmpty { Terminal.standardError.write("No model has a champion: nothing to check.\n") }
            for outcome in outcomes { Terminal.standardOutput.write(text.text(outcome)) }
        }
        let reports = await courier.run()
        if output.json {
            let json = try ArtifactCoding.encode(MonitorReport(outcomes, reports))
            Terminal.standardOutput.write(String(decoding: json, as: UTF8.self))
        }
        // A quiet night without a row is no failure.
        if outcomes.contains(where: { $0.verdict == .drift }) { throw ExitStatus.drift }
        if let failure = outcomes.flatMap(\.failures).first { throw ExitStatus(failure) }
    }

    // MARK: Again and again

    /// Checks until the task is cancelled; alerts are sent meanwhile, so that no check waits for a network.
    private func checkAgain(
        _ run: MonitorRun, _ courier: AlertCourier, _ engine: MonitorEngine, every interval: Duration
    ) async {
        await withDiscardingTaskGroup { group in
            let clock = ContinuousClock()
            var next = clock.now
            while !Task.isCancelled {
                do {
                    try report(try await check(run, engine))
                } catch let error as LeewayError where error.code != .interrupted {
                    Terminal.standardError.print(error: error)
                } catch {
                    break
                }
                courier.start(in: &group)
                // By a clock that never steps; a check that took longer skips what it missed.
                repeat { next += interval } while next < clock.now
                guard (try? await clock.sleep(until: next)) != nil else { break }
            }
            group.cancelAll()
        }
    }

    private func report(_ outcomes: [MonitorOutcome]) throws {
        for outcome in outcomes {
            if output.json {
                Terminal.standardOutput.write(try MonitorDocument(outcome).line())
            } else if !output.quiet {
                Terminal.standardOutput.write(text.entry(outcome))
            }
        }
    }
}
