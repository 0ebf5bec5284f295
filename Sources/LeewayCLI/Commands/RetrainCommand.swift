import ArgumentParser
import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayWorkflow

struct RetrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retrain",
        abstract: "Train a challenger, prove it, and promote it only if it is better.",
        discussion: """
            Reads the source anew and the logged rows whose labels came in, trains, and holds the new version against the champion: \
            on the rows that tested the champion, and on the newest labelled rows that neither of them saw. What passes the gate \
            becomes the champion, or is tried on requests first, as the section 'retraining' of leeway.yaml says.

              leeway retrain --reason "new branches"   now, whatever the policy says
              leeway retrain --once                    from cron, after 'leeway monitor --once': where the policy says so
              leeway retrain --every 1m                as a service; 'leeway serve --loop' does all of it in one
              leeway history                           what was decided, and why

            Exit codes: 0 done, or nothing to do; 1 failed; 5 the challenger was not promoted. docs/loop.md has the rest.
            """)

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Retrain where the policy says so, and not otherwise.")
    var once = false

    @Option(help: "Ask the policy again and again, after so long: 1m, 1h.")
    var every: String?

    @Option(help: ArgumentHelp("Why, for the registry's events.", valueName: "text"))
    var reason: String?

    @Flag(help: "Train even where there is nothing new to learn from.")
    var force = false

    @OptionGroup var stepOptions: StepOptions

    private var interval: Duration? { every.flatMap { Duration(written: $0) } }

    func validate() throws {
        guard !(once && every != nil) else { throw ValidationError("Say --once or --every 1m, not both.") }
        guard every == nil || interval.map({ $0 >= .seconds(1) }) ?? false else {
            throw ValidationError("--every must be a duration such as 30s, 15m or 1h.")
        }
        guard reason == nil || !(once || every != nil) else {
            throw ValidationError("--reason is for a retraining by hand; the policy has its own reasons.")
        }
    }

    func run() async throws {
        let project = projectOptions.project
        let configuration = try ConfigurationReader.read(projectOptions.config)
        guard FileSystem.kind(of: project.registry) != nil else {
            throw LeewayError(.unknownVersion, "No model is registered yet.", hint: "Train one with 'leeway run'.")
        }
        let limit = stepOptions.apply(usualLimit: configuration.retraining.memoryLimit)
        let registry = try Registry(path: project.registry)
        let spill = SpillFolder(in: project.home)
        defer { spill.remove() }
        let step = RetrainStep(
            configuration, in: project, registry, threads: engineOptions.threads(configuration.engine),
            sandbox: ProcessSandbox(configurationPath: projectOptions.config, folder: spill.path),
            environment: Machine.environment,
            observer: ProgressLines(
                .standardError, style: output.progressStyle,
                isQuiet: output.quiet || (output.json && !Terminal.standardError.isInteractive)))
        let engine = MonitorEngine { [engineOptions] in
            try engineOptions.open(
                threads: engineOptions.threads(configuration.engine),
                memoryLimit: configuration.engine.memoryLimit ?? limit.map(StepOptions.engineShare), spill)
        }
        guard let interval else {
            guard let outcome = try await take(step, project, registry, engine) else { return }
            try show(outcome)
            return try end(outcome)
        }
        try await takeAgain(step, project, registry, engine, every: interval)
    }

    private var isByHand: Bool { !once && every == nil }

    /// One step under the lease; nil where another process takes steps, which is as well.
    private func take(
        _ step: RetrainStep, _ project: Project, _ registry: Registry, _ engine: MonitorEngine
    ) async throws -> RetrainStep.Outcome? {
        let champion = try step.champion()
        guard
            let lease = try RetrainLease(
                of: champion.model, in: project, registry, machine: Machine.hostName, Machine.environment)
        else {
            guard isByHand else { return nil }
            throw LeewayError(
                .registryFailed, "Another process retrains '\(champion.model)'.",
                hint: "One is enough: wait for it, or end it.")
        }
        defer { lease.release() }
        let request = isByHand ? reason ?? "no reason given" : nil
        return try await step.take(request: request, isForced: force, engine: engine.open)
    }

    private func show(_ outcome: RetrainStep.Outcome) throws {
        if output.json {
            Terminal.standardOutput.write(try RetrainDocumentLine(outcome).text())
        } else if !output.quiet {
            let text = RetrainText(style: output.style, width: Terminal.standardOutput.lineWidth)
            Terminal.standardOutput.write(text.text(outcome))
        }
        if let failure = outcome.failure { Terminal.standardError.print(error: failure) }
    }

    private func end(_ outcome: RetrainStep.Outcome) throws {
        if let failure = outcome.failure { throw ExitStatus(failure) }
        if outcome.decision.action == .cannotHelp { throw ExitStatus.failed }
        if outcome.retraining?.state == .refused { throw ExitStatus.notPromoted }
    }

    private func takeAgain(
        _ step: RetrainStep, _ project: Project, _ registry: Registry, _ engine: MonitorEngine, every interval: Duration
    ) async throws {
        let clock = ContinuousClock()
        var next = clock.now
        while !Task.isCancelled {
            do {
                let outcome = try await take(step, project, registry, engine)
                if let outcome, outcome.decision.action != .nothing || !outcome.notes.isEmpty { try show(outcome) }
            } catch let error as LeewayError where error.code != .interrupted {
                Terminal.standardError.print(error: error)
            } catch {
                break
            }
            repeat { next += interval } while next < clock.now
            guard (try? await clock.sleep(until: next)) != nil else { break }
        }
    }
}
