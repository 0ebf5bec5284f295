package import LeewayCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A run's folder while it is written: under a temporary name until all is on the disk, then renamed in one step.
///
/// What a killed run left behind is removed by a later one: the folder of a living run is locked.
package final class RunFolder: Sendable {
    /// Where the files go until the folder is sealed.
    package let stagingPath: String
    /// Where they will be.
    package let finalPath: String
    private let lock: Int32
    private let recorded = Mutex<[String: RunManifest.Artifact]>([:])

    private static let stagingPrefix = ".staging-"
    /// How long an unlocked temporary folder may stand before it counts as left behind, in seconds.
    private static let graceSeconds = 60

    /// Makes a temporary folder under `runs` and removes those that were left behind.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package init(in runs: String, id: RunID) throws(LeewayError) {
        try FileSystem.makeFolder(runs)
        Self.removeAbandoned(in: runs)
        stagingPath = "\(runs)/\(Self.stagingPrefix)\(id)"
        finalPath = "\(runs)/\(id)"
        try FileSystem.makeFolder(stagingPath)
        lock = open(stagingPath, O_RDONLY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw FileSystem.failure("lock", stagingPath) }
    }

    deinit { close(lock) }

    /// Where a file of the folder stands while it is written.
    package func path(of name: String) -> String { "\(stagingPath)/\(name)" }

    /// Writes a value as JSON.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package func write(_ value: some Encodable, as name: String) throws(LeewayError) {
        let bytes = try ArtifactCoding.encode(value)
        try FileSystem.write(bytes, to: path(of: name))
        recorded.withLock { $0[name] = Self.artifact(name, bytes) }
    }

    /// Takes the digest of a file that another program wrote, while there is time for it.
    ///
    /// - Throws: `fileNotFound`, `fileNotAccessible`.
    package func record(_ name: String) throws(LeewayError) {
        let artifact = try Self.artifact(name, in: stagingPath)
        recorded.withLock { $0[name] = artifact }
    }

    /// The length and digest of every file so far, by name.
    ///
    /// - Throws: `fileNotAccessible`.
    package func artifacts() throws(LeewayError) -> [RunManifest.Artifact] {
        let known = recorded.withLock { $0 }
        var artifacts: [RunManifest.Artifact] = []
        for name in try FileSystem.names(in: stagingPath) {
            if let artifact = known[name] {
                artifacts.append(artifact)
            } else {
                artifacts.append(try Self.artifact(name, in: stagingPath))
            }
        }
        return artifacts
    }

    /// The length and digest of a file.
    ///
    /// - Throws: `fileNotFound`, `fileNotAccessible`.
    package static func artifact(_ name: String, in folder: String) throws(LeewayError) -> RunManifest.Artifact {
        artifact(name, try FileSystem.read("\(folder)/\(name)"))
    }

    private static func artifact(_ name: String, _ bytes: [UInt8]) -> RunManifest.Artifact {
        RunManifest.Artifact(name: name, bytes: bytes.count, sha256: SHA256.hex(bytes))
    }

    /// What names the content of artifacts: the SHA-256 over their names and digests.
    package static func contentHash(of artifacts: [RunManifest.Artifact]) -> String {
        SHA256.hex(artifacts.map { "\($0.name) \($0.sha256)\n" }.joined().utf8)
    }

    /// Syncs every file, renames the folder and syncs the folder above: from here on it is there for good.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package func seal() throws(LeewayError) {
        for name in try FileSystem.names(in: stagingPath) { try FileSystem.sync(path(of: name)) }
        try FileSystem.sync(stagingPath)
        try FileSystem.move(stagingPath, to: finalPath)
        try FileSystem.sync(String(finalPath[..<(finalPath.lastIndex(of: "/") ?? finalPath.endIndex)]))
    }

    /// Removes the temporary folder: the run ends without a version.
    package func discard() { FileSystem.remove(stagingPath) }

    /// Removes all that a run left, sealed or not.
    package static func remove(_ id: String, in runs: String) {
        FileSystem.remove("\(runs)/\(stagingPrefix)\(id)")
        FileSystem.remove("\(runs)/\(id)")
    }

    private static func removeAbandoned(in runs: String) {
        for name in (try? FileSystem.names(in: runs)) ?? [] where name.hasPrefix(stagingPrefix) {
            let path = "\(runs)/\(name)"
            var status = stat()
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            guard fstat(descriptor, &status) == 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            #if canImport(Glibc)
                let modified = status.st_mtim.tv_sec
            #else
                let modified = status.st_mtimespec.tv_sec
            #endif
            if time(nil) - modified > graceSeconds { FileSystem.remove(path) }
        }
    }
}
