package import LeewayCore
import LeewayStore

/// Puts a project's things back from a backup: whole, or not at all.
package struct Restore: Sendable {
    /// What was put back.
    package struct Report: Sendable, Encodable {
        package let backup: String
        package let createdAt: String
        package let files: Int
        package let bytes: Int
        package let versions: Int
        package let hasLog: Bool
        /// Whether `leeway.yaml` was put back as well: there was none.
        package let hasConfiguration: Bool
        /// Where what stood there before is now.
        package let replaced: String?

        enum CodingKeys: String, CodingKey {
            case backup
            case createdAt = "created_at"
            case files
            case bytes
            case versions
            case hasLog = "has_log"
            case hasConfiguration = "has_configuration"
            case replaced
        }
    }

    private let project: Project
    private let configurationPath: String
    private let environment: Environment

    package init(to project: Project, configurationPath: String, _ environment: Environment) {
        (self.project, self.configurationPath, self.environment) = (project, configurationPath, environment)
    }

    /// Holds every file of a backup against its digest.
    ///
    /// - Throws: `fileNotFound` where there is no backup, `damagedArtifact` naming the file.
    package static func verify(_ folder: String) throws(LeewayError) -> BackupManifest {
        let manifest = try manifest(of: folder)
        for file in manifest.files {
            let found: (bytes: Int, sha256: String)
            do throws(LeewayError) {
                found = try FileCopy.digest(of: "\(folder)/\(file.path)")
            } catch {
                guard error.code == .fileNotFound else { throw error }
                throw damaged("\(folder) lacks the file \(file.path).")
            }
            guard found == (file.bytes, file.sha256) else {
                throw damaged("\(file.path) in \(folder) is not what was backed up: its SHA-256 differs.")
            }
        }
        return manifest
    }

    /// Puts a backup in the place of the project's things.
    ///
    /// - Parameters:
    ///   - folder: The backup.
    ///   - isReplacing: Whether what stands there is moved aside; without it nothing may stand there.
    /// - Returns: What was put back.
    /// - Throws: what `verify` throws; `invalidUsage` where something stands there, or is in use; `diskFull`, `fileNotAccessible`,
    ///   `registryFailed` for a registry of a later version.
    package func read(_ folder: String, isReplacing: Bool = false) throws(LeewayError) -> Report {
        let isOccupied = FileSystem.kind(of: project.home) != nil
        guard isReplacing || !isOccupied else {
            throw LeewayError(
                .invalidUsage, "\(project.home) is there already.",
                hint: "Restore into another folder by --config, or move it aside by --replace.")
        }
        if isOccupied { try checkUnused() }
        let manifest = try Self.verify(folder)
        let staging = FileSystem.temporaryName(for: project.home)
        FileSystem.remove(staging)
        do throws(LeewayError) {
            let versions = try fill(staging, from: folder, manifest)
            var replaced: String?
            if isOccupied {
                // Nothing is lost if it ends here: both stand beside the project's place.
                let aside = "\(project.home).before-\(environment.now().description.replacing(":", with: ""))"
                try FileSystem.move(project.home, to: aside)
                replaced = aside
            }
            try FileSystem.move(staging, to: project.home)
            let hasConfiguration = try restoreConfiguration(from: folder, manifest)
            return Report(
                backup: folder, createdAt: manifest.createdAt, files: manifest.files.count, bytes: manifest.bytes,
                versions: versions, hasLog: manifest.hasLog, hasConfiguration: hasConfiguration, replaced: replaced)
        } catch {
            FileSystem.remove(staging)
            throw error
        }
    }

    /// Copies all but the configuration, and sees that the registry opens and that its versions are whole; how many there are.
    private func fill(
        _ staging: String, from folder: String, _ manifest: BackupManifest
    ) throws(LeewayError) -> Int {
        try FileSystem.makeFolder(staging)
        for file in manifest.files where file.path != Backup.Layout.configuration {
            let target = "\(staging)/\(file.path)"
            try FileSystem.makeFolder(String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)]))
            let copied = try FileCopy.copy("\(folder)/\(file.path)", to: target)
            guard copied == (file.bytes, file.sha256) else {
                throw Self.damaged("\(file.path) in \(folder) changed while it was read.")
            }
        }
        let versions = try Registry(path: "\(staging)/\(Backup.Layout.registry)").versions()
        for version in versions where FileSystem.kind(of: "\(staging)/\(Backup.Layout.runs)/\(version.runID)") == nil {
            throw Self.damaged("\(folder) lacks the run of version \(version.number) of \(version.model).")
        }
        try FileSystem.sync(staging)
        return versions.count
    }

    private func restoreConfiguration(from folder: String, _ manifest: BackupManifest) throws(LeewayError) -> Bool {
        let name = Backup.Layout.configuration
        guard manifest.files.contains(where: { $0.path == name }), FileSystem.kind(of: configurationPath) == nil else {
            return false
        }
        let bytes = try FileSystem.read("\(folder)/\(name)")
        try FileSystem.writeAtomically(bytes, to: configurationPath)
        return true
    }

    /// Sees that no server and no loop works on what stands there.
    private func checkUnused() throws(LeewayError) {
        for folder in [project.predictionLog, project.feedbackLog] {
            guard try !LogFolder(folder).segments().contains(where: { $0.state == .open }) else {
                throw LeewayError(
                    .invalidUsage, "A server writes to \(folder).", hint: "Stop it; then restore.")
            }
        }
    }

    private static func manifest(of folder: String) throws(LeewayError) -> BackupManifest {
        let path = "\(folder)/\(BackupManifest.name)"
        guard FileSystem.kind(of: path) != nil else {
            throw LeewayError(
                .fileNotFound, "There is no backup in \(folder): it has no \(BackupManifest.name).",
                hint: "Name the folder that 'leeway backup' made.")
        }
        let manifest = try ArtifactCoding.decode(
            BackupManifest.self, from: try FileSystem.read(path, limit: 1 << 28), name: path)
        guard manifest.format == BackupManifest.currentFormat else {
            throw LeewayError(
                .damagedArtifact,
                "\(folder) has format \(manifest.format), and this Leeway reads \(BackupManifest.currentFormat).",
                hint: "It was made by Leeway \(manifest.leewayVersion): restore it with that version or a later one.")
        }
        guard manifest.files.contains(where: { $0.path == Backup.Layout.registry }),
            Set(manifest.files.map(\.path)).count == manifest.files.count, manifest.files.allSatisfy(isInside)
        else { throw damaged("\(path) names files that a backup does not have.") }
        return manifest
    }

    /// Whether a file is one of those that a backup has, below its folder.
    private static func isInside(_ file: BackupManifest.File) -> Bool {
        let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
        guard file.bytes >= 0, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) })
        else {
            return false
        }
        return switch parts.count {
        case 1: [Backup.Layout.registry, Backup.Layout.configuration].contains(file.path)
        case 3: file.path.hasPrefix(Backup.Layout.runs + "/")
        case 4: [Backup.Layout.predictions, Backup.Layout.feedback].contains { file.path.hasPrefix($0 + "/") }
        default: false
        }
    }

    private static func damaged(_ message: String) -> LeewayError {
        LeewayError(.damagedArtifact, message, hint: "Take another backup; nothing was restored.")
    }
}
