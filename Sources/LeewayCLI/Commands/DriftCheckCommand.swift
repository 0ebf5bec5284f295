import ArgumentParser
import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayWorkflow

extension DriftCommand {
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Tell whether data moved away from what a model was trained on, and where.",
            discussion: """
                Holds each column of the window against the reference. A column drifted where its p-value, corrected for the number of \
                columns, is below --level, and the shift, less what chance gives, is at least --effect-floor standard deviations. \
                Ends with status 4 on drift, with 3 where something could not be judged (a column is gone, or holds other values).

                  leeway drift --current new.parquet                            against the champion's training data
                  leeway drift --window 24h                                     what the server answered in the last day
                  leeway drift --reference january.csv --current february.csv   two files, no project needed
                  leeway drift --current new.csv --policy classic               any KS test below .05, as pipelines do
                """)

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var engineOptions: EngineOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var rules: DriftRuleOptions
        @OptionGroup var reading: FileReadingOptions

        @Option(help: ArgumentHelp("The window: CSV or Parquet files or globs.", valueName: "file"))
        var current: [String] = []

        @Option(help: "The newest time of a server's log, such as 24h, instead of files.")
        var window: String?

        @Option(help: ArgumentHelp("Files to compare with, instead of a version's training data.", valueName: "file"))
        var reference: [String] = []

        @Option(help: "The model's name, where the registry holds several.")
        var model: String?

        @Option(help: "The version whose training data are the reference: a number or an alias.")
        var modelVersion = "champion"

        @Flag(help: "Test each column by itself only, not all of them together: no rows are kept.")
        var eachAlone = false

        @Option(help: ArgumentHelp("Write a report as a page for the browser.", valueName: "path"))
        var html: String?

        func validate() throws {
            guard current.isEmpty != (window == nil) else {
                throw ValidationError("Name one window: --current FILE, or --window 24h of the log.")
            }
            guard window.map({ Duration(written: $0).map { $0 > .zero } ?? false }) ?? true else {
                throw ValidationError("--window must be a duration such as 90m, 24h or 7d.")
            }
            guard html.map({ $0.hasSuffix(".html") || $0.hasSuffix(".htm") }) ?? true else {
                throw ValidationError("--html needs a name that ends in .html: a file of that name is replaced.")
            }
            guard window == nil || reference.isEmpty else {
                throw ValidationError("--window is held against the version that answered, not against --reference.")
            }
        }

        func run() async throws {
            let monitoring = try ConfigurationReader.readMonitoring(projectOptions.config)
            let run = DriftRun(
                rules.settings(monitoring.drift), dropped: Set(rules.drop), looksTogether: !eachAlone,
                isParallel: engineOptions.threads(EngineConfiguration()) > 1)
            try report(try await findings(run))
        }

        private func findings(_ run: DriftRun) async throws -> DriftFindings {
            let bundle =
                reference.isEmpty ? try ModelBundle.load(modelVersion, model: model, in: projectOptions.project) : nil
            if let window, let length = Duration(written: window), let bundle {
                let now = Machine.environment.now()
                let start = Timestamp(milliseconds: now.milliseconds - Int64(length.wholeMilliseconds))
                return try run.compare(hours: start.hour..<now.hour + 1, with: bundle, in: projectOptions.project)
            }
            let window = SourceConfiguration(files: current.map { .init(path: $0, options: reading.options) })
            return try await engineOptions.withEngine(
                for: window, EngineConfiguration(), in: Project(folder: ""), sparing: 1
            ) { engine in
                if let bundle {
                    return try await run.compare(window, with: bundle, in: projectOptions.project, on: engine)
                }
                let before = SourceConfiguration(files: reference.map { .init(path: $0, options: reading.options) })
                return try await run.compare(window, with: before, on: engine)
            }
        }

        private func report(_ findings: DriftFindings) throws {
            if let html {
                let page = DriftPage(findings, time: Machine.environment.now().description)
                try FileSystem.writeAtomically(Array(page.html.utf8), to: html)
            }
            if output.json {
                let json = try ArtifactCoding.encode(DriftDocument(findings))
                Terminal.standardOutput.write(String(decoding: json, as: UTF8.self))
            } else if !output.quiet {
                let text = DriftText(style: output.style, width: Terminal.standardOutput.lineWidth)
                Terminal.standardOutput.write(text.text(findings))
            }
            switch findings.report.verdict {
            case .drift: throw ExitStatus.drift
            case .noEvidence: throw ExitStatus.refused
            case .noDrift: break
            }
        }
    }
}
