import ArgumentParser
import LeewayCore
import LeewayLearn
import LeewayStore
import LeewayWorkflow

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Look at what is registered, and choose the champion.",
        discussion: """
              leeway models                 the versions of the registry
              leeway models show 2          what version 2 measured, and its files
              leeway models verify          whether the champion's files are what was registered
              leeway models promote 2       version 2 becomes the champion
            """,
        subcommands: [List.self, Show.self, Verify.self, Promote.self, Rollback.self], defaultSubcommand: List.self)

    /// Which version a command is about.
    struct VersionOptions: ParsableArguments {
        @Argument(help: "A number or an alias.")
        var version = "champion"

        @Option(help: "The model's name, where the registry holds several.")
        var model: String?
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the versions, the newest first.")

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let versions = try VersionLookup(projectOptions.project).all()
            if output.json {
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(versions), as: UTF8.self))
                return
            }
            guard !versions.isEmpty else {
                Terminal.standardOutput.write("No model is registered yet. Train one with 'leeway run'.\n")
                return
            }
            let lookup = VersionLookup(projectOptions.project)
            var table = TextTable([.left, .right, .left, .left, .right, .right, .left])
            table.add(["model", "version", "alias", "created", "AUC", "log loss", "run"])
            for version in versions {
                let metrics = try? lookup.metrics(of: version).test.metrics
                table.add([
                    version.model, "\(version.number)", version.aliases.joined(separator: ", "),
                    String(version.createdAt.prefix(19)).replacing("T", with: " "),
                    metrics?.rocAUC.map { NumberFormat.fixed($0, 4) } ?? "–",
                    metrics.map { NumberFormat.fixed($0.logLoss, 4) } ?? "–", version.runID,
                ])
            }
            let style = output.style
            Terminal.standardOutput.write(
                table.lines(indent: "") { row, column, cell in
                    row == 0 ? style.dim(cell) : column == 2 ? style.good(cell) : column == 6 ? style.dim(cell) : cell
                })
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a version: its metrics and its files.")

        @OptionGroup var versionOptions: VersionOptions
        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var output: OutputOptions

        private struct Document: Encodable {
            let version: ModelVersion
            let manifest: RunManifest
            let metrics: TrainingMetrics
        }

        func run() throws {
            let project = projectOptions.project
            let lookup = VersionLookup(project)
            let version = try lookup.find(versionOptions.version, model: versionOptions.model)
            let (manifest, metrics) = (try lookup.manifest(of: version), try lookup.metrics(of: version))
            if output.json {
                let document = Document(version: version, manifest: manifest, metrics: metrics)
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(document), as: UTF8.self))
                return
            }
            let style = output.style
            let aliases = version.aliases.isEmpty ? "" : " (\(version.aliases.joined(separator: ", ")))"
            var text = "\(style.bold("\(version.model) \(version.number)"))\(style.good(aliases))\n"
            text += "  created  \(version.createdAt)\n  content  sha256 \(version.contentHash)\n"
            text += "  folder   \(project.run(version.runID))/\n\n"
            text +=
                RunSummary(style: style, width: Terminal.standardOutput.width).metrics(
                    metrics, try lookup.classes(of: version)) + "\n"
            var table = TextTable([.left, .right, .left])
            for artifact in manifest.artifacts {
                table.add([artifact.name, NumberFormat.bytes(artifact.bytes), artifact.sha256])
            }
            text +=
                style.bold("Artifacts") + "\n" + table.lines { _, column, cell in column == 2 ? style.dim(cell) : cell }
            Terminal.standardOutput.write(text)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold every file of a version against its SHA-256.",
            discussion: "Ends with exit code 1 when a file is missing or differs.")

        @OptionGroup var versionOptions: VersionOptions
        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let lookup = VersionLookup(projectOptions.project)
            let version = try lookup.find(versionOptions.version, model: versionOptions.model)
            let check = try lookup.verify(version)
            if output.json {
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(check), as: UTF8.self))
            } else {
                let style = output.style
                for name in check.missing { Terminal.standardOutput.write("\(style.bad("missing")) \(name)\n") }
                for name in check.changed { Terminal.standardOutput.write("\(style.bad("changed")) \(name)\n") }
                for name in check.extra { Terminal.standardOutput.write("\(style.warning("extra")) \(name)\n") }
                if check.isWhole, !output.quiet {
                    Terminal.standardOutput.write(
                        "\(style.good("✓")) \(version.model) \(version.number) is whole: \(counted(check.artifactCount, "file")) as registered.\n"
                    )
                }
            }
            if !check.isWhole { throw ExitStatus.failed }
        }
    }
}
