import ArgumentParser
import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayWorkflow

struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Watch what a model is asked: check the log's newest window, keep the outcome, raise the alarm.",
        discussion: """
            Checks every model that has a champion, as the section 'monitoring' of leeway.yaml says. Each outcome is kept in the \
            registry. --once ends with status 4 on drift; --every goes on until it is stopped.

              leeway monitor --once           from cron
              leeway monitor --every 15m      as a service
            """)

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Check once.")
    var once = false

    @Option(help: "Check again and again, after so long: 15m, 1h.")
    var every: String?

    @Option(help: "The one model to check.")
    var model: String?

    private var interval: Duration? { every.flatMap { Duration(written: $0) } }

    func validate() throws {
        guard once != (every != nil) else { throw ValidationError("Say --once or --every 15m.") }
        guard every == nil || interval.map({ $0 >= .seconds(1) }) ?? false else {
            throw ValidationError("--every must be a duration such as 30s, 15m or 1h.")
        }
    }

    func run() async throws {
        let project = projectOptions.project
        guard FileSystem.kind(of: project.registry) != nil else {
            throw LeewayError(.unknownVersion, "No model is registered yet.", hint: "Train one with 'leeway run'.")
        }
        guard let lock = try ProcessLock(on: "\(project.home)/monitor.lock", isCreated: true) else {
            throw LeewayError(
                .registryFailed, "Another process monitors this project.",
                hint: "One is enough; end it, or leave this one be.")
        }
        defer { lock.release() }
        let configuration = try ConfigurationReader.readMonitoring(projectOptions.config)
        let run = MonitorRun(
            project, try Registry(path: project.registry), configuration, now: Machine.environment.now)
        guard let interval else { return try check(run) }
        while true {
            do {
                try check(run)
            } catch let status as ExitStatus where status == .drift {
                // Said already; a service goes on.
            } catch let error as LeewayError {
                Terminal.standardError.print(error: error)
            }
            try await Task.sleep(for: interval)
        }
    }

    private func check(_ run: MonitorRun) throws {
        var outcomes: [MonitorRun.Outcome] = []
        for version in try run.models(model) { outcomes.append(try run.check(version)) }
        if output.json {
            let documents = outcomes.map { MonitorDocument($0) }
            Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(documents), as: UTF8.self))
        } else if !output.quiet {
            let text = DriftText(style: output.style, width: Terminal.standardOutput.width)
            for outcome in outcomes { Terminal.standardOutput.write(text.text(outcome.findings)) }
        }
        // A quiet night without a row is no failure.
        if outcomes.contains(where: { $0.findings.report.verdict == .drift }) { throw ExitStatus.drift }
    }
}
