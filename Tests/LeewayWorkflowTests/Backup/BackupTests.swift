import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct BackupTests {
    private let folder: TemporaryFolder
    private let looped: LoopedProject

    init() async throws {
        folder = try TemporaryFolder()
        looped = try await LoopedProject()
        try await looped.turn(120)
        try FileSystem.write(Array("name: credit\n".utf8), to: looped.project.folder + "/leeway.yaml")
    }

    private var backupFolder: String { folder / "backup" }
    private var environment: Environment { looped.monitored.clock.environment }

    @discardableResult
    private func backUp(hasLog: Bool = true) throws -> BackupManifest {
        try Backup(of: looped.project, configurationPath: looped.project.folder + "/leeway.yaml", environment)
            .write(to: backupFolder, hasLog: hasLog)
    }

    private func restore(to name: String = "restored", isReplacing: Bool = false) throws -> Restore.Report {
        let project = Project(folder: folder / name)
        try FileSystem.makeFolder(project.folder)
        return try Restore(to: project, configurationPath: project.folder + "/leeway.yaml", environment).read(
            backupFolder, isReplacing: isReplacing)
    }

    private func refusal(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch {
            return "\(error)".replacing(folder.path, with: "F")
        }
    }

    @Test func `what is restored is what was backed up`() async throws {
        let manifest = try backUp()
        #expect(manifest.hasLog && manifest.files.count > 17)
        let report = try restore()
        #expect(try report.versions == looped.registry.versions().count)
        #expect(report.files == manifest.files.count && report.hasConfiguration)
        let project = Project(folder: folder / "restored")
        let registry = try Registry(path: project.registry)
        #expect(try registry.versions() == looped.registry.versions())
        let lookup = VersionLookup(project)
        #expect(try lookup.verify(try #require(try registry.versions().first)).isWhole)
        // Each answer is there, in the segment that was open.
        let segments = try LogFolder(project.predictionLog).segments()
        #expect(segments.map(\.state) == [.abandoned])
        #expect(try LogFolder(project.predictionLog).recover().cutBytes == 0)
        let recovered = try #require(try LogFolder(project.predictionLog).segments().first)
        #expect(try FileSystem.read(recovered.path).count { $0 == UInt8(ascii: "\n") } == 120)
        #expect(refusal { _ = try restore() }.contains("F/restored/.leeway is there already."))
    }

    @Test func `a path may end in a slash`() throws {
        _ = try Backup(of: looped.project, configurationPath: looped.project.folder + "/leeway.yaml", environment)
            .write(to: backupFolder + "/")
        #expect(try FileSystem.names(in: folder.path) == ["backup"])
        #expect(try Restore.verify(backupFolder + "/").hasLog)
    }

    @Test func `a backup without the log has the versions alone`() throws {
        let manifest = try backUp(hasLog: false)
        #expect(!manifest.files.contains { $0.path.hasPrefix("log/") })
        #expect(try restore().versions == looped.registry.versions().count)
    }

    @Test func `what stands in the way is neither lost nor mixed`() throws {
        try backUp()
        #expect(refusal { try backUp() }.contains("F/backup is there already."))
        _ = try restore()
        try FileSystem.write([1], to: folder / "restored/.leeway/mine")
        let report = try restore(isReplacing: true)
        let aside = try #require(report.replaced)
        #expect(FileSystem.kind(of: aside + "/mine") != nil)
        #expect(FileSystem.kind(of: folder / "restored/.leeway/mine") == nil)
        #expect(!report.hasConfiguration)
    }

    @Test func `a project that a server writes to is not replaced`() throws {
        try backUp()
        let project = looped.project
        let said = refusal {
            _ = try Restore(to: project, configurationPath: project.folder + "/leeway.yaml", environment).read(
                backupFolder, isReplacing: true)
        }
        #expect(said.contains("A server writes to"))
        #expect(FileSystem.kind(of: project.registry) != nil)
    }

    @Test func `a project without a registry has nothing to back up`() throws {
        let said = refusal {
            _ = try Backup(of: Project(folder: folder.path), configurationPath: folder / "leeway.yaml", environment)
                .write(to: backupFolder)
        }
        #expect(said.contains("There is no registry F/.leeway/registry.sqlite"))
        #expect(try FileSystem.names(in: folder.path).isEmpty)
    }

    @Test(arguments: ["registry.sqlite", "runs/", "log/predictions/", "log/feedback/"])
    func `a file that changed or is gone is named, and nothing is restored`(_ prefix: String) throws {
        let manifest = try backUp()
        let file = try #require(manifest.files.first { $0.path.hasPrefix(prefix) })
        let path = "\(backupFolder)/\(file.path)"
        var bytes = try FileSystem.read(path)
        bytes[bytes.count / 2] ^= 1
        try FileSystem.write(bytes, to: path)
        #expect(refusal { _ = try restore() }.contains("\(file.path) in F/backup is not what was backed up"))
        FileSystem.remove(path)
        #expect(refusal { _ = try restore() }.contains("F/backup lacks the file \(file.path)."))
        #expect(try FileSystem.names(in: folder / "restored").isEmpty)
    }

    @Test(arguments: [
        "../evil", "/etc/evil", "runs/../../evil", "runs/a/b/c", "runs//x", "evil", "runs/./x", "log/other/a/b",
        "runs/a/..", "backup.json",
    ])
    func `a manifest that names files elsewhere is refused`(_ path: String) throws {
        let manifest = try backUp()
        let evil = BackupManifest(
            format: 1, leewayVersion: "1", createdAt: "now", hasLog: false,
            files: manifest.files + [.init(path: path, bytes: 0, sha256: SHA256.hex([]))])
        try FileSystem.write(try ArtifactCoding.encode(evil), to: backupFolder + "/backup.json")
        #expect(refusal { _ = try restore() }.contains("names files that a backup does not have."))
    }

    @Test func `a backup of a later format says which version reads it`() throws {
        let manifest = try backUp()
        let later = BackupManifest(
            format: 2, leewayVersion: "9.1", createdAt: "now", hasLog: true, files: manifest.files)
        try FileSystem.write(try ArtifactCoding.encode(later), to: backupFolder + "/backup.json")
        let said = refusal { _ = try restore() }
        #expect(said.contains("F/backup has format 2, and this Leeway reads 1."))
        #expect(said.contains("made by Leeway 9.1"))
    }

    @Test func `bytes that are no manifest are refused, whatever they are`() throws {
        try backUp()
        let whole = try FileSystem.read(backupFolder + "/backup.json")
        var generator = TestGenerator(seed: 5)
        for round in 0..<300 {
            var bytes = whole
            for _ in 0...(round % 4) {
                let place = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { bytes = [0] }
            }
            try FileSystem.write(bytes, to: backupFolder + "/backup.json")
            do {
                _ = try restore()
                FileSystem.remove(folder / "restored")
            } catch is LeewayError {
                #expect(FileSystem.kind(of: folder / "restored/.leeway") == nil)
            }
        }
    }
}
