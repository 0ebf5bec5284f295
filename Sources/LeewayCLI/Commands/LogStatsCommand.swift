import ArgumentParser
import LeewayCore
import LeewayStore
import LeewayWorkflow

extension LogCommand {
    struct Stats: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell what each version answered, and whether all of it is counted.",
            discussion: """
                Reads the whole log, or what was answered since a time, JSON Lines and Parquet alike. The rows of each hour are \
                held against the window counts of the registry, which drift is measured with. They differ where a server has \
                answered a moment ago, where it was killed and not started again, where 'serving.log.sample' logs a share \
                only, and where a version was trained without reference counts.

                  leeway log stats
                  leeway log stats --since 24h --json
                """)

        @Option(
            help: ArgumentHelp("Count what was answered in this time only, such as 24h or 7d.", valueName: "duration"))
        var since: String?

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var engineOptions: EngineOptions
        @OptionGroup var output: OutputOptions

        private var age: Duration? { since.flatMap(Duration.init(written:)) }

        func validate() throws {
            guard since == nil || age.map({ $0 > .zero }) ?? false else {
                throw ValidationError("--since must be a duration such as 90m, 24h or 7d.")
            }
        }

        func run() async throws {
            let now = Machine.environment.now()
            let begin = age.map { Timestamp(milliseconds: now.milliseconds - Int64($0.wholeMilliseconds)) }
            let project = projectOptions.project
            let spill = SpillFolder(in: project.home)
            defer { spill.remove() }
            let engine = try engineOptions.open(threads: engineOptions.threads ?? Machine.coreCount, spill)
            let statistics = try await LogSurvey(project, since: begin, now: now, engine: engine).run()
            Terminal.standardOutput.write(
                output.json
                    ? String(decoding: try ArtifactCoding.encode(statistics), as: UTF8.self)
                    : LogStatsText(style: output.style).text(statistics))
        }
    }
}
