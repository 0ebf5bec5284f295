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
                registry keeps who moved the alias, when and why.

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
            Terminal.standardOutput.write("\(output.style.good("✓")) \(move.words)\n")
        }
    }

    struct Rollback: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the champion be the version again that it was before.",
            discussion: """
                Every file of that version is held against its SHA-256 first. A running server notices within a second.

                  leeway models rollback --reason "refuses half of the branch in Lima"
                  leeway models rollback --to 3
                """)

        @Option(help: "The version to go back to; the champion before this one where it is not given.")
        var to: String?

        @Option(help: "The model's name, where the registry holds several.")
        var model: String?

        @Option(help: ArgumentHelp("Why, for the registry's events.", valueName: "text"))
        var reason: String?

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let move = try Promotion(projectOptions.project).rollBack(
                to: to, model: model, reason: reason, in: Machine.environment)
            if output.json {
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(move), as: UTF8.self))
            } else if !output.quiet {
                Terminal.standardOutput.write("\(output.style.good("✓")) \(move.words)\n")
            }
        }
    }
}

extension Registry.AliasMove {
    /// The move in a sentence.
    fileprivate var words: String {
        if !isMoved { return "\(alias) of \(model) is version \(to) already: nothing changed." }
        guard let from else { return "\(alias) of \(model): version \(to), a new alias." }
        return "\(alias) of \(model): version \(from) → \(to)."
    }
}
