import ArgumentParser
import LeewayCore
import LeewayStore
import LeewayWorkflow

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the registry, the runs and the log into a folder, while everything goes on.",
        discussion: """
            The folder is new, and is there only when the backup is whole. It holds every file with its SHA-256 in backup.json; the \
            tokens are in it as digests, and logged rows as they were logged, so that nobody but you may read it. The source's files \
            are yours to keep. 'leeway restore' puts it back.

              leeway backup /srv/backups/2026-11-24
              leeway backup /srv/backups/models --without-log
            """)

    @Argument(help: "The folder to make.")
    var folder: String

    @Flag(help: "Leave out what was answered and labelled: the versions and their history alone.")
    var withoutLog = false

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let backup = Backup(
            of: projectOptions.project, configurationPath: projectOptions.config, Machine.environment)
        let manifest = try backup.write(to: folder, hasLog: !withoutLog)
        if output.json {
            Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(manifest), as: UTF8.self))
        } else if !output.quiet {
            let files = "\(manifest.files.count.grouped) files, \(NumberFormat.bytes(manifest.bytes))"
            Terminal.standardOutput.write("\(output.style.good("✓")) \(folder): \(files)\n")
        }
    }
}
