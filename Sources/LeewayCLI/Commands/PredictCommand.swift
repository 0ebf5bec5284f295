import ArgumentParser
import LeewayCore
import LeewayWorkflow

struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Score the rows of CSV or Parquet files.",
        discussion: """
            Writes every row as it came, with the columns 'probability' (of the positive class), 'label' and 'version'. A row that \
            can't be scored, such as one with a text where a number is needed, comes out without a probability and is named by \
            its number; --strict refuses the file instead.

              leeway predict new.csv -o scored.csv
              leeway predict 'january/*.parquet' -o scored.parquet --model-version 3
            """)

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Files or globs.")
    var input: [String]

    @Option(
        name: [.customShort("o"), .customLong("output")], help: "Where to write: a name ending in .csv or .parquet.")
    var outputPath: String

    @Option(help: "The model's name, where the registry holds several.")
    var model: String?

    @Option(help: "A number or an alias.")
    var modelVersion = "champion"

    @Flag(help: "Refuse files with a row that can't be scored.")
    var strict = false

    @OptionGroup var reading: FileReadingOptions

    func run() async throws {
        let project = projectOptions.project
        let bundle = try ModelBundle.load(modelVersion, model: model, in: project)
        let options = reading.options
        let source = SourceConfiguration(files: input.map { .init(path: $0, options: options) })
        // The input is named as seen from here, not from the project's folder.
        let run = PredictionRun(bundle, options: options, isStrict: strict)
        let outcome = try await engineOptions.withEngine(
            for: source, EngineConfiguration(), in: Project(folder: "")
        ) { engine in try await run.run(input, to: outputPath, on: engine) }
        report(outcome, bundle.version)
    }

    private func report(_ outcome: PredictionRun.Outcome, _ version: ModelVersion) {
        let style = output.progressStyle
        if !outcome.badRows.isEmpty, !output.quiet {
            let named = outcome.badRows.prefix(10).map { "\($0.row) ('\($0.column)')" }.joined(separator: ", ")
            let rest = outcome.badRows.count > 10 ? " and \(counted(outcome.badRows.count - 10, "other"))" : ""
            Terminal.standardError.write(
                "\(style.warning("!")) \(counted(outcome.badRows.count, "row")) could not be scored, a text stands where a number is needed: \(named)\(rest)\n"
            )
        }
        if outcome.unknownCategoryCount > 0, !output.quiet {
            Terminal.standardError.write(
                "\(style.warning("!")) \(counted(outcome.unknownCategoryCount, "value")) of categories that training did not see count as nothing\n"
            )
        }
        if output.json {
            Terminal.standardOutput.write(
                """
                {"bad_rows":\(outcome.badRows.map(\.row)),"model":"\(version.model)","positives":\(outcome.positiveCount),\
                "rows":\(outcome.rowCount),"unknown_categories":\(outcome.unknownCategoryCount),"version":\(version.number)}

                """)
        } else if !output.quiet {
            Terminal.standardOutput.write(
                "\(counted(outcome.rowCount, "row")) scored with \(version.model) version \(version.number): \(outcome.positiveCount.grouped) positive. \(outputPath)\n"
            )
        }
    }
}
