import Foundation
import Synchronization
import Testing

/// A folder for one test, gone when the test is over.
final class Workspace: Sendable {
    let folder: URL

    /// Makes an empty folder.
    init() throws {
        folder = FileManager.default.temporaryDirectory
            .resolvingSymlinksInPath().appending(path: "leeway-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Makes a folder with `data.csv` and a `leeway.yaml` that reads it; the target is the column `income`.
    convenience init(csv: String, configuration: String = Workspace.configuration) throws {
        try self.init()
        try write(csv, to: "data.csv")
        try write(configuration, to: "leeway.yaml")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The usual configuration, without the resamples that only take time.
    static let configuration = "source: data.csv\ntarget: income\nevaluation:\n  bootstrap: 0\n"

    /// A place in the folder.
    func url(_ path: String) -> URL { folder.appending(path: path) }

    /// Writes a text as it is.
    func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: url(path)) }

    /// Reads a text.
    func text(_ path: String) throws -> String { String(decoding: try Data(contentsOf: url(path)), as: UTF8.self) }

    /// The names in a folder, sorted; none where it is not there.
    func names(_ path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url(path).path)) ?? []).sorted()
    }

    /// The names of the runs, finished and not.
    var runs: [String] { names(".leeway/runs") }

    /// The files of a run, by name.
    func artifacts(of run: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in names(".leeway/runs/\(run)") {
            files[name] = try Data(contentsOf: url(".leeway/runs/\(run)/\(name)"))
        }
        return files
    }

    /// An artifact of a run; of the only one where none is named.
    func artifact(_ name: String, of run: String? = nil) throws -> JSON {
        let run = try run ?? #require(runs.first)
        return try JSON(text(".leeway/runs/\(run)/\(name)"))
    }

    /// Runs the program here.
    func leeway(
        _ arguments: String..., environment: [String: String] = [:], through wrapper: [String] = []
    ) async throws -> Program.Ending {
        try await Program.run(arguments, in: folder, environment: environment, through: wrapper)
    }

    /// Runs the program here, and expects that it does what it should.
    @discardableResult
    func leewayWorks(
        _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Program.Ending {
        let ending = try await Program.run(arguments, in: folder)
        try #require(ending.status == 0, "\(arguments): \(ending.errors)", sourceLocation: sourceLocation)
        return ending
    }
}

extension Workspace {
    /// How many versions are registered.
    func versionCount() async throws -> Int {
        try JSON(await leewayWorks("models", "list", "--json").output).list.count
    }
}

extension Workspace {
    private static let shared = Mutex<[URL]>([])

    /// A folder that several tests use, and that goes when the process does: no one else lets go of it.
    func keptUntilExit() -> Workspace {
        let isFirst = Self.shared.withLock { folders in
            folders.append(folder)
            return folders.count == 1
        }
        if isFirst {
            atexit {
                for folder in Workspace.shared.withLock({ $0 }) { try? FileManager.default.removeItem(at: folder) }
            }
        }
        return self
    }
}
