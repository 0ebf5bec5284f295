import ArgumentParser
import LeewayCore
import LeewayStore
import LeewayWorkflow

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put back what 'leeway backup' copied.",
        discussion: """
            Every file is held against its SHA-256 before anything is written, and the project has all of the backup afterwards or \
            is as it was. A registry of an older Leeway is brought up to date. leeway.yaml is put back where there is none.

              leeway restore /srv/backups/2026-11-24
              leeway restore /srv/backups/2026-11-24 --check      only look whether it is whole
              leeway restore /srv/backups/2026-11-24 --replace    what is there is moved aside; stop the server first
            """)

    @Argument(help: "The folder that 'leeway backup' made.")
    var folder: String

    @Flag(help: "Write nothing: only hold the backup's files against their digests.")
    var check = false

    @Flag(help: "Move what the project has aside, to .leeway.before-TIME.")
    var replace = false

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        if check {
            let manifest = try Restore.verify(folder)
            if output.json {
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(manifest), as: UTF8.self))
            } else {
                say("\(folder) is whole: \(size(manifest.files.count, manifest.bytes)), of \(manifest.createdAt)")
            }
            return
        }
        let restore = Restore(
            to: projectOptions.project, configurationPath: projectOptions.config, Machine.environment)
        let report = try restore.read(folder, isReplacing: replace)
        if output.json {
            Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(report), as: UTF8.self))
            return
        }
        say(
            "\(projectOptions.project.home): \(size(report.files, report.bytes)), \(counted(report.versions, "version")), as of \(report.createdAt)"
        )
        if report.hasConfiguration { say("\(projectOptions.config), which was not there") }
        if let replaced = report.replaced { say("what was there is now \(replaced)") }
    }

    private func size(_ files: Int, _ bytes: Int) -> String { "\(files.grouped) files, \(NumberFormat.bytes(bytes))" }

    private func say(_ words: String) {
        guard !output.quiet, !output.json else { return }
        Terminal.standardOutput.write("\(output.style.good("✓")) \(words)\n")
    }
}
