import ArgumentParser
import LeewayCore
import LeewayEngine
import LeewayWorkflow

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Train, evaluate and register a version of the model.",
        discussion: """
            Reads the source that leeway.yaml names, profiles and checks it, splits it by content, learns the features, fits the \
            model to its exact optimum, measures it on rows it has not seen, and registers all of it as one version that never \
            changes. The first version becomes the champion. The artifacts are in .leeway/runs/<run id>/.

            The same data, configuration and seed give the same bytes, at any number of threads. Ctrl-C leaves nothing behind.
            """)

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Read, check and split the data and say what would be fitted; write nothing.")
    var dryRun = false

    func run() async throws {
        let configuration = try ConfigurationReader.read(projectOptions.config)
        let project = projectOptions.project
        let observer = ProgressLines(
            .standardError, style: output.progressStyle,
            isQuiet: output.quiet || (output.json && !Terminal.standardError.isInteractive))
        let run = TrainingRun(
            configuration, in: project, threads: engineOptions.threads(configuration.engine), isDryRun: dryRun,
            environment: Machine.environment, observer: observer)
        let outcome = try await engineOptions.withEngine(
            for: configuration.source, configuration.engine, in: project
        ) { engine in try await run.run(on: engine) }
        if output.json {
            Terminal.standardOutput.write(try RunSummary.json(outcome))
        } else if !output.quiet {
            Terminal.standardOutput.write(
                RunSummary(style: output.style, width: Terminal.standardOutput.width).text(outcome))
        }
    }
}
