import ArgumentParser
import LeewayCore
import LeewayStore
import LeewayWorkflow

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Make drifted data, for drills.",
        discussion: """
            Writes the rows of files, or of the project's source, with changes that you name: columns keep their order, names and \
            types. The same input, changes and seed give the same rows. What is random is drawn for each row by itself, so a \
            share of the rows is that share but for chance, and no change disturbs the draws of another.

              leeway simulate data.csv -o older.csv --shift age:+5
              leeway simulate data.csv -o older.csv --shift age:+0.5sd --null job:0.2 --start 5000 --ramp 10000
              leeway simulate data.csv -o other.parquet --reweight sex=Female:2 --rows 50000
              leeway simulate data.csv -o poisoned.csv --flip-labels churned:0.1

            Changes are made in the order in which they stand below, each where it is given in the order given. With --reweight or \
            --rows the rows are drawn with replacement; a category that is dropped is then never drawn.
            """)

    @Argument(help: "Files or globs; the source of leeway.yaml where none is named.")
    var input: [String] = []

    @Option(
        name: [.customShort("o"), .customLong("output")], help: "Where to write: a name ending in .csv or .parquet.")
    var outputPath: String

    @Option(
        help: ArgumentHelp(
            "Rows with a category weigh so many times as much in the draw.", valueName: "column=category:n"))
    var reweight: [String] = []

    @Option(help: ArgumentHelp("The rows with a category leave.", valueName: "column=category"))
    var dropCategory: [String] = []

    @Option(help: ArgumentHelp("Numbers are spread about their mean, by a factor.", valueName: "column:factor"))
    var scale: [String] = []

    @Option(
        help: ArgumentHelp(
            "Numbers move: by +5, by +0.5sd (deviations of the input), or *1.2. Whole numbers stay whole.",
            valueName: "column:amount"))
    var shift: [String] = []

    @Option(
        help: ArgumentHelp("A share of the rows gets one value, as of a stuck sensor.", valueName: "column=value:share")
    )
    var constant: [String] = []

    @Option(help: ArgumentHelp("A share of the rows gets a category that is new.", valueName: "column=category:share"))
    var newCategory: [String] = []

    @Option(help: ArgumentHelp("A share of the labels becomes another one of theirs.", valueName: "column:share"))
    var flipLabels: [String] = []

    @Option(help: ArgumentHelp("A share of the values goes missing.", valueName: "column:share"))
    var null: [String] = []

    @Option(help: "The first row that is changed; rows are counted from 1, before any leave.")
    var start = 1

    @Option(
        help: ArgumentHelp("The changes grow from nothing to their full strength over so many rows.", valueName: "rows")
    )
    var ramp = 1

    @Option(help: "Draw so many rows with replacement, instead of all in their order.")
    var rows: Int?

    @Option(help: "What chance draws from.")
    var seed: UInt64 = 42

    @Flag(help: "Replace an output that is there.")
    var force = false

    @Option(help: "The character between a CSV file's values; found by itself where it is not given.")
    var delimiter: String?

    @Flag(help: "The CSV files have no header.")
    var noHeader = false

    @Option(help: "Lines to skip at the start of each CSV file.")
    var skipLines = 0

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard skipLines >= 0 else { throw ValidationError("--skip-lines must be 0 or more.") }
    }

    func run() async throws {
        let observer = ProgressLines(
            .standardError, style: output.progressStyle,
            isQuiet: output.quiet || (output.json && !Terminal.standardError.isInteractive))
        let run = try SimulationRun(options, observer: observer, seconds: Machine.environment.seconds)
        var files = FileOptions()
        files.delimiter = delimiter == "\\t" ? "\t" : delimiter
        files.header = !noHeader
        files.skipLines = skipLines
        let source = try SimulationSource.find(
            input, options: files, configurationPath: projectOptions.config,
            hasConfiguration: FileSystem.kind(of: projectOptions.config) != nil)
        let outcome = try await engineOptions.withEngine(
            for: source, EngineConfiguration(), in: Project(folder: "")
        ) { engine in try await run.run(source, to: outputPath, replaces: force, on: engine) }
        if output.json {
            let document = SimulationDocument(outcome, options, path: outputPath)
            Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(document), as: UTF8.self))
        } else if !output.quiet {
            Terminal.standardOutput.write(
                SimulationText(style: output.style).text(outcome, seed: seed, path: outputPath))
        }
    }

    private var options: SimulationOptions {
        var options = SimulationOptions()
        options.changes = [
            "reweight": reweight, "drop-category": dropCategory, "scale": scale, "shift": shift, "constant": constant,
            "new-category": newCategory, "flip-labels": flipLabels, "null": null,
        ]
        (options.start, options.ramp, options.rows, options.seed) = (start, ramp, rows, seed)
        return options
    }
}
