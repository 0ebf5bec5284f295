import ArgumentParser
import LeewayCore
import LeewayStore
import LeewayWorkflow

extension LogCommand {
    struct Tail: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the last answers, and go on with --follow.",
            discussion: """
                Each line has the time (UTC), the model and its version, the label, the probability of the positive class, how \
                long the answer took, and the end of its id. It shows what is JSON Lines: after an hour or so lines become \
                Parquet ('leeway log --help' tells how to read those). All servers that share the project are shown together.

                  leeway log tail -n 100 --model churn
                  leeway log tail --follow --json | jq .inputs.age
                """)

        @Option(name: .customShort("n"), help: ArgumentHelp("How many answers to print.", valueName: "count"))
        var count = 20

        @Flag(name: [.short, .long], help: "Print further answers as they are given, until Ctrl-C.")
        var follow = false

        @Option(help: "Print the answers of this model only.")
        var model: String?

        @Flag(help: "Print the lines as they stand in the log, each a JSON object.")
        var json = false

        @Flag(help: "Use no colours; so does NO_COLOR in the environment.")
        var noColor = false

        @OptionGroup var projectOptions: ProjectOptions

        /// How long to wait before looking for further lines.
        private static let pause = Duration.milliseconds(100)

        func validate() throws {
            guard count >= 0 else { throw ValidationError("-n must be 0 or more.") }
        }

        func run() async throws {
            let folder = LogTidying.folder(.predictions, of: projectOptions.project)
            let text = PredictionLineText(
                model: model, style: Style(hasColor: Terminal.standardOutput.hasColor && !noColor))
            // Taken first: what comes between the two looks is seen by both, and not by neither.
            var position = try folder.end()
            let last = try folder.lastLines(count) { text.isWanted($0) }.reversed()
            if last.isEmpty, !follow { Terminal.standardError.write(try Self.reason(folder)) }
            write(Array(last), text)
            guard follow else { return }
            var shown = Set(last.map(\.bytes))
            while !Task.isCancelled {
                var news: [LogFolder.Line] = []
                while case let lines = try folder.lines(after: &position), !lines.isEmpty { news += lines }
                write(news.filter { text.isWanted($0.bytes) && !shown.contains($0.bytes) }, text)
                shown = []
                try? await Task.sleep(for: Self.pause)
            }
        }

        /// Why there is nothing to print.
        private static func reason(_ folder: LogFolder) throws -> String {
            try folder.segments().contains { $0.format == .parquet }
                ? "No such answer is JSON Lines any more: older ones are Parquet. 'leeway log --help' tells how to read those.\n"
                : "There is no such answer yet. The server logs them: 'leeway serve'.\n"
        }

        private func write(_ lines: [LogFolder.Line], _ text: PredictionLineText) {
            var output = ""
            // By id, which is by time: each server writes a segment of its own.
            for line in lines.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) {
                output += json ? String(decoding: line.bytes, as: UTF8.self) + "\n" : text.line(line.bytes)
            }
            if !output.isEmpty { Terminal.standardOutput.write(output) }
        }
    }
}
