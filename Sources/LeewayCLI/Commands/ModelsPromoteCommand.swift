import ArgumentParser
import LeewayCore
import LeewayStore
import LeewayWorkflow

extension ModelsCommand {
    struct Promote: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let an alias point to a version: make it the champion.",
            discussion: """
                Every file of the version is held against its SHA-256 first. A running server notices within a second. The
                registry keeps who moved the alias, when and why; moving it back is a promotion as well.

                  leeway models promote 3
                  leeway models promote 3 --reason "better on the new branches"
                  leeway models promote 4 --alias challenger
                """)

        @Argument(help: "A number or an alias.")
        var version: String

        @Option(help: "The model's name, where the registry holds several.")
        var model: String?

        @Option(help: "The alias that moves; one that is new is made.")
        var alias = Registry.champion

        @Option(help: ArgumentHelp("Why, for the registry's events.", valueName: "text"))
        var reason: String?

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let move = try Promotion(projectOptions.project).move(
                alias, to: version, model: model, reason: reason, in: Machine.environment)
            if output.json {
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(move), as: UTF8.self))
                return
            }
            guard !output.quiet else { return }
            let said =
                if !move.isMoved {
                    "\(move.alias) of \(move.model) is version \(move.to) already: nothing changed."
                } else if let from = move.from {
                    "\(move.alias) of \(move.model): version \(from) → \(move.to)."
                } else {
                    "\(move.alias) of \(move.model): version \(move.to), a new alias."
                }
            Terminal.standardOutput.write("\(output.style.good("✓")) \(said)\n")
        }
    }
}
