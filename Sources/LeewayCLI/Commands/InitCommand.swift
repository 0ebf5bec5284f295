import ArgumentParser
import LeewayCore
import LeewayEngine
import LeewayStore
import LeewayWorkflow

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write leeway.yaml for a table.",
        discussion: """
            Looks at the table and writes a short configuration with comments, ready for 'leeway run'.

              leeway init data.csv --target churned
            """)

    @Argument(help: "A CSV or Parquet file, or a glob.")
    var source: String

    @Option(name: [.short, .long], help: "The column to predict.")
    var target: String

    @Option(name: [.short, .long], help: "Where to write.")
    var config = "leeway.yaml"

    @Option(help: "The model's name in the registry; the source's where it is not given.")
    var name: String?

    @Flag(help: "Replace a file that is there.")
    var force = false

    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        if FileSystem.kind(of: config) != nil, !force {
            throw LeewayError(
                .invalidUsage, "\(config) is there already.",
                hint: "Replace it with --force, or name another with --config.")
        }
        let project = Project(configurationPath: config)
        let look = SourceConfiguration(files: [.init(path: source, options: FileOptions())])
        let draft = try await engineOptions.withEngine(
            for: look, EngineConfiguration(), in: Project(folder: "")
        ) { engine in
            try await ConfigurationDraft.make(
                source: source, target: target, name: name, project: project, engine: engine)
        }
        try FileSystem.writeAtomically(Array(draft.text.utf8), to: config)
        guard !output.quiet else { return }
        Terminal.standardOutput.write(
            """
            Wrote \(config): \(counted(draft.columnCount, "column")), target '\(target)' with two classes.

            \(output.style.bold("Next"))
              leeway run --dry-run     what would be done
              leeway run               train, evaluate, register

            """)
    }
}
