import ArgumentParser
import LeewayCore
import LeewayEngine
import LeewayStore
import LeewayWorkflow

extension LogCommand {
    struct Compact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make Parquet of sealed segments, and remove those that are too old.",
            discussion: """
                A running server does the same every minute, as 'serving.log' in leeway.yaml says: 'compact_after', 'retain_age' \
                and 'retain_size'. A segment is left as it is until all of its rows are in the window counts. Lines that can't \
                be read are kept beside the Parquet file, in a file that ends in .damaged.jsonl. It may be interrupted at any \
                time: the next run goes on.

                  leeway log compact
                  leeway log compact --all      segments that are younger, too
                """)

        @Flag(help: "Make Parquet of every sealed segment, however young.")
        var all = false

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var engineOptions: EngineOptions
        @OptionGroup var output: OutputOptions

        /// How long to wait for another process that is at it.
        private static let patience = 100

        func run() async throws {
            let project = projectOptions.project
            let configuration = try ConfigurationReader.readServing(projectOptions.config).log
            var reports: [LogTidying.Report] = []
            if FileSystem.kind(of: project.registry) != nil {
                let tidying = LogTidying(
                    project, try Registry(path: project.registry), configuration, now: Machine.environment.now)
                let spill = SpillFolder(in: project.home)
                defer { spill.remove() }
                let threads = engineOptions.threads ?? Machine.coreCount
                for _ in 0..<Self.patience {
                    reports = try await tidying.run(everything: all) {
                        try engineOptions.open(threads: threads, spill)
                    }
                    guard reports.contains(where: \.isBusy) else { break }
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            if let busy = reports.first(where: \.isBusy) {
                throw LeewayError(
                    .registryFailed, "Another process has been tidying up the \(busy.kind.rawValue) for 10 seconds.",
                    hint: "Wait for it, or end it.")
            }
            if output.json {
                let documents = reports.map(LogCompactDocument.init)
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(documents), as: UTF8.self))
            } else {
                LogCompactText(style: output.style, isQuiet: output.quiet).write(reports)
            }
            guard let failure = reports.flatMap(\.failures).first else { return }
            throw failure.error
        }
    }
}
