import ArgumentParser
import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayWorkflow

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Live through your own history again: what would each retraining policy have been worth?",
        discussion: """
            Takes the source of leeway.yaml as the stream that it was, by the time in one of its columns. The first month trains a \
            version; from then on each day's rows are answered, labels come a day late, the monitor looks, and a policy decides: \
            with the same checks, policy and gate as 'leeway serve --loop'. Nothing is registered and nothing is sent.

              leeway replay --time booked_at
              leeway replay --time booked_at --policy never --policy configured --label-delay 30d --json

            Policies: never (the first version for good), classic (any drift replaces the model), monthly, weekly, daily (the clock \
            replaces it), configured ('monitoring:' and 'retraining:' of leeway.yaml).
            """)

    enum Named: String, ExpressibleByArgument, CaseIterable {
        case never
        case classic
        case monthly
        case weekly
        case daily
        case configured

        func policy() throws(LeewayError) -> ReplayPolicy {
            switch self {
            case .never: ReplayPolicy(rawValue, .never)
            case .classic: ReplayPolicy(rawValue, .classic)
            case .monthly: ReplayPolicy(rawValue, .scheduled(try CronSchedule("@monthly")))
            case .weekly: ReplayPolicy(rawValue, .scheduled(try CronSchedule("@weekly")))
            case .daily: ReplayPolicy(rawValue, .scheduled(try CronSchedule("@daily")))
            case .configured: ReplayPolicy(rawValue, .configured)
            }
        }
    }

    @Option(help: "The column that tells when a row was: a date or a time.")
    var time: String

    @Option(help: "A policy to replay; may be given several times. Never, classic, monthly and configured without it.")
    var policy: [Named] = []

    @Option(help: "How much of the history trains the first version.")
    var warmUp = "31d"

    @Option(help: "How long a step is, at the end of which the monitor looks.")
    var step = "1d"

    @Option(help: "How late labels come.")
    var labelDelay = "1d"

    @Option(help: ArgumentHelp("Write a page with table and plot as well.", valueName: "file"))
    var html: String?

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    private func duration(_ text: String, _ name: String, atLeast least: Duration) throws -> Duration {
        guard let duration = Duration(written: text), duration >= least else {
            throw ValidationError("--\(name) must be a duration such as 1h, 1d or 30d.")
        }
        return duration
    }

    private func options() throws -> ReplayOptions {
        var options = ReplayOptions(time: time)
        options.warmUp = try duration(warmUp, "warm-up", atLeast: .seconds(1))
        options.step = try duration(step, "step", atLeast: .seconds(60))
        options.labelDelay = try duration(labelDelay, "label-delay", atLeast: .zero)
        return options
    }

    func validate() throws { _ = try options() }

    func run() async throws {
        let configuration = try ConfigurationReader.read(projectOptions.config)
        let project = projectOptions.project
        let threads = engineOptions.threads(configuration.engine)
        let replay = Replay(
            configuration, in: project, try options(), threads: threads, cpuSeconds: { SystemClock.processorSeconds },
            environment: Machine.environment,
            observer: ProgressLines(
                .standardError, style: output.progressStyle,
                isQuiet: output.quiet || (output.json && !Terminal.standardError.isInteractive)))
        let names = policy.isEmpty ? [.never, .classic, .monthly, .configured] : policy
        let policies = try names.map { try $0.policy() }
        let report = try await engineOptions.withEngine(
            for: configuration.source, configuration.engine, in: project
        ) { engine in try await replay.run(policies, engine: engine) }
        if let html { try FileSystem.write(Array(ReplayPage(report).html.utf8), to: html) }
        if output.json {
            Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(report), as: UTF8.self))
        } else if !output.quiet {
            Terminal.standardOutput.write(ReplayText(style: output.style).text(report))
        }
    }
}
