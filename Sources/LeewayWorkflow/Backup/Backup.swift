package import LeewayCore
import LeewayStore

/// Copies a project's registry, runs, log and configuration into a folder, while servers and loops go on.
///
/// The registry is taken first, as it is at one moment. What it speaks of is there by then and never changes, so what is copied after it
/// is all that it needs, and perhaps a little more: a run that is not registered yet, rows that are not counted yet.
package struct Backup: Sendable {
    private let project: Project
    private let configurationPath: String
    private let environment: Environment

    package init(of project: Project, configurationPath: String, _ environment: Environment) {
        (self.project, self.configurationPath, self.environment) = (project, configurationPath, environment)
    }

    /// Writes the backup: whole, or not at all.
    ///
    /// - Parameters:
    ///   - path: The folder where it goes; nothing may stand there.
    ///   - hasLog: Whether predictions and labels are copied, too.
    /// - Returns: What it holds.
    /// - Throws: `fileNotFound` without a registry; `invalidUsage` where something stands there; `fileNotAccessible`, `diskFull`,
    ///   `registryFailed`, `interrupted`.
    package func write(to path: String, hasLog: Bool = true) throws(LeewayError) -> BackupManifest {
        // As completion writes it: backups/today/
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard FileSystem.kind(of: project.registry) != nil else {
            throw LeewayError(
                .fileNotFound, "There is no registry \(project.registry), so there is nothing to back up.",
                hint: "Name the project's configuration: --config FILE.")
        }
        guard FileSystem.kind(of: folder) == nil else {
            throw LeewayError(
                .invalidUsage, "\(folder) is there already.",
                hint: "A backup goes into a folder of its own: name a new one.")
        }
        let staging = FileSystem.temporaryName(for: folder)
        FileSystem.remove(staging)
        do throws(LeewayError) {
            try FileSystem.makeFolder(staging, isSecret: true)
            let manifest = try fill(staging, hasLog: hasLog)
            try FileSystem.writeAtomically(
                try ArtifactCoding.encode(manifest), to: "\(staging)/\(BackupManifest.name)", isSecret: true)
            try FileSystem.sync(staging)
            try FileSystem.move(staging, to: folder)
            return manifest
        } catch {
            FileSystem.remove(staging)
            throw error
        }
    }

    private func fill(_ folder: String, hasLog: Bool) throws(LeewayError) -> BackupManifest {
        var files: [BackupManifest.File] = []
        let registry = "\(folder)/\(Layout.registry)"
        try Registry(path: project.registry).copy(to: registry)
        let (bytes, sha256) = try FileCopy.digest(of: registry)
        files.append(.init(path: Layout.registry, bytes: bytes, sha256: sha256))
        try FileSystem.makeFolder("\(folder)/\(Layout.runs)")
        files += try copyAll(of: project.runs, to: Layout.runs, in: folder)
        if hasLog {
            for (path, name) in [(project.predictionLog, Layout.predictions), (project.feedbackLog, Layout.feedback)] {
                files += try copyAll(of: path, to: name, in: folder)
            }
        }
        if FileSystem.kind(of: configurationPath) != nil {
            files.append(try copy(configurationPath, to: Layout.configuration, in: folder))
        }
        return BackupManifest(
            format: BackupManifest.currentFormat, leewayVersion: LeewayVersion.current,
            createdAt: environment.now().description, hasLog: hasLog, files: files)
    }

    /// Where things are in a backup, but for the manifest.
    enum Layout {
        static let registry = "registry.sqlite"
        static let runs = "runs"
        static let predictions = "log/predictions"
        static let feedback = "log/feedback"
        static let configuration = "leeway.yaml"
    }

    /// Copies the files of the folders in a folder: runs, or the dates of a log.
    private func copyAll(
        of source: String, to name: String, in folder: String
    ) throws(LeewayError) -> [BackupManifest.File] {
        var files: [BackupManifest.File] = []
        for inner in try LogFolder.names(in: source) where !inner.hasPrefix(".") {
            guard case .folder? = FileSystem.kind(of: "\(source)/\(inner)") else { continue }
            try FileSystem.makeFolder("\(folder)/\(name)/\(inner)")
            files += try copyFiles(of: "\(source)/\(inner)", to: "\(name)/\(inner)", in: folder)
        }
        return files
    }

    /// Copies the files of one folder, in which a segment may get another name or another format while we look.
    private func copyFiles(
        of source: String, to name: String, in folder: String
    ) throws(LeewayError) -> [BackupManifest.File] {
        var copied: [String: BackupManifest.File] = [:]
        var isComplete = false
        while !isComplete {
            isComplete = true
            for file in try LogFolder.names(in: source) where copied[file] == nil {
                guard !Task.isCancelled else { throw LeewayError(.interrupted, "The backup was interrupted.") }
                guard !file.contains(".part-"), case .file? = FileSystem.kind(of: "\(source)/\(file)") else { continue }
                do throws(LeewayError) {
                    copied[file] = try copy("\(source)/\(file)", to: "\(name)/\(file)", in: folder)
                } catch {
                    // It was sealed, compacted or thinned out in this moment: what it became is in the next list.
                    guard error.code == .fileNotFound else { throw error }
                    isComplete = false
                }
            }
        }
        // Of a segment that was sealed meanwhile, the whole one stays.
        for file in copied.keys {
            guard let stem = Segment.stem(ofOpen: file),
                copied.keys.contains(where: { $0.hasPrefix(stem) && $0 != file && !$0.hasSuffix(".ids") })
            else { continue }
            FileSystem.remove("\(folder)/\(name)/\(file)")
            copied[file] = nil
        }
        return copied.values.sorted { $0.path < $1.path }
    }

    private func copy(
        _ source: String, to name: String, in folder: String
    ) throws(LeewayError) -> BackupManifest.File {
        let (bytes, sha256) = try FileCopy.copy(source, to: "\(folder)/\(name)")
        return .init(path: name, bytes: bytes, sha256: sha256)
    }
}
