import ArgumentParser
import LeewayCore
import LeewayMonitor
import LeewayStats
import LeewayStore
import LeewayWorkflow

extension DriftCommand {
    struct Calibrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "calibrate",
            abstract:
                "Replay your own reference many times, and show how often the rules raise an alarm where nothing moved.",
            discussion: """
                The rows of the reference are parted by chance into reference and window, again and again: every alarm is false. \
                The sequential detectors watch shuffled rows until so many have passed: their alarms are false, too.

                  leeway drift calibrate                                 the champion's training data
                  leeway drift calibrate --rows 500 --policy classic     what the classic rule would do on windows of 500 rows
                  leeway drift calibrate --reference january.csv         a file, no project needed
                """)

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var engineOptions: EngineOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var rules: DriftRuleOptions

        @Option(help: ArgumentHelp("Files, instead of a version's training data.", valueName: "file"))
        var reference: [String] = []

        @Option(help: "The model's name, where the registry holds several.")
        var model: String?

        @Option(help: "The version whose training data are replayed: a number or an alias.")
        var modelVersion = "champion"

        @Option(help: "The rows of a window.")
        var rows = 1000

        @Option(help: "How many windows are tried.")
        var repetitions = 400

        @Option(help: "How many rows the sequential detectors watch in all; 0 for none.")
        var streamRows = 200_000

        @Option(help: "What the parting is drawn by.")
        var seed: UInt64 = 42

        func validate() throws {
            guard rows >= 2 else { throw ValidationError("--rows must be 2 or more.") }
            guard (1...1_000_000).contains(repetitions) else {
                throw ValidationError("--repetitions must be a whole number from 1 to 1,000,000.")
            }
            guard streamRows >= 0 else { throw ValidationError("--stream-rows must be 0 or more.") }
        }

        func run() async throws {
            let monitoring = try ConfigurationReader.readMonitoring(projectOptions.config)
            let settings = rules.settings(monitoring.drift)
            let contract = monitoring.sequential.contract.falseAlarms
            let run = CalibrationRun(
                QuietReplay(settings, windowRows: rows, repetitions: repetitions, seed: seed),
                streamRows > 0 ? QuietStreams(contract, rows: streamRows, seed: seed) : nil, dropped: Set(rules.drop),
                seed: seed)
            let bundle =
                reference.isEmpty ? try ModelBundle.load(modelVersion, model: model, in: projectOptions.project) : nil
            let source = SourceConfiguration(files: reference.map { .init(path: $0, options: FileOptions()) })
            let progress = progress
            let outcome = try await engineOptions.withEngine(
                for: source, EngineConfiguration(), in: Project(folder: "")
            ) { engine in
                if let bundle {
                    return try await run.run(bundle, in: projectOptions.project, on: engine, progress: progress)
                }
                return try await run.run(source, on: engine, progress: progress)
            }
            if Terminal.standardError.isInteractive { Terminal.standardError.write("\r\u{1B}[K") }
            let text = CalibrationText(outcome, settings, contract)
            if output.json {
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(text), as: UTF8.self))
            } else if !output.quiet {
                Terminal.standardOutput.write(text.text(output.style))
            }
        }

        /// Tells on a terminal how far it is.
        private var progress: @Sendable (String) -> Void {
            let terminal = Terminal.standardError
            guard terminal.isInteractive, !output.quiet else { return { _ in } }
            return { terminal.write("\r\u{1B}[K… \($0)") }
        }
    }
}
