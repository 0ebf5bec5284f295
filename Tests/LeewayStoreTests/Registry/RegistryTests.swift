import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct RegistryTests {
    private let folder: TemporaryFolder
    private var path: String { folder / "registry.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    private static func manifest(_ run: String, of model: String = "credit") -> RunManifest {
        RunManifest(
            runID: run, model: model, leewayVersion: "0.1.0", startedAt: "2026-11-23T12:00:00.000Z",
            finishedAt: "2026-11-23T12:00:01.000Z", contentHash: "hash of \(run)", stages: [], artifacts: [])
    }

    @Test func `the first version becomes the champion, the next does not`() throws {
        let registry = try Registry(path: path)
        let first = try registry.register(Self.manifest("r1"), actor: "ann")
        #expect(
            first
                == ModelVersion(
                    model: "credit", number: 1, runID: "r1", contentHash: "hash of r1",
                    createdAt: "2026-11-23T12:00:01.000Z", aliases: ["champion"]))
        let second = try registry.register(Self.manifest("r2"), actor: "ann")
        #expect(second.number == 2 && second.aliases.isEmpty)
        #expect(try registry.versions() == [second, first])
    }

    @Test func `each model counts for itself`() throws {
        let registry = try Registry(path: path)
        _ = try registry.register(Self.manifest("r1", of: "b"), actor: "ann")
        _ = try registry.register(Self.manifest("r2", of: "a"), actor: "ann")
        _ = try registry.register(Self.manifest("r3", of: "b"), actor: "ann")
        #expect(
            try registry.versions().map { "\($0.model)\($0.number)\($0.aliases)" } == [
                "a1[\"champion\"]", "b2[]", "b1[\"champion\"]",
            ])
        #expect(try registry.versions(of: "b").map(\.runID) == ["r3", "r1"])
        #expect(try registry.versions(of: "c") == [])
    }

    @Test func `the newest of more than nine versions comes first`() throws {
        let registry = try Registry(path: path)
        for run in 1...12 { _ = try registry.register(Self.manifest("r\(run)"), actor: "ann") }
        #expect(try registry.versions().map(\.number) == (1...12).reversed())
    }

    @Test func `any text is a name`() throws {
        let registry = try Registry(path: path)
        let name = "a'; DROP TABLE version; -- \"é\u{1F600}\" %"
        _ = try registry.register(Self.manifest("r1", of: name), actor: "o'hara")
        #expect(try registry.versions(of: name).map(\.model) == [name])
    }

    @Test func `a run is registered once, and a refused one leaves nothing`() throws {
        let registry = try Registry(path: path)
        _ = try registry.register(Self.manifest("r1"), actor: "ann")
        let error = #expect(throws: LeewayError.self) {
            try registry.register(Self.manifest("r1", of: "other"), actor: "ann")
        }
        #expect(error?.code == .registryFailed)
        #expect(try registry.versions().map(\.model) == ["credit"])
    }

    @Test func `what was registered is there when the registry is opened again, by whom ever`() throws {
        let first = try Registry(path: path).register(Self.manifest("r1"), actor: "ann")
        let (one, two) = (try Registry(path: path), try Registry(path: path))
        #expect(try one.versions() == [first])
        _ = try two.register(Self.manifest("r2"), actor: "ann")
        #expect(try one.versions().map(\.number) == [2, 1])
    }

    @Test func `many writers over several connections never give a number twice`() async throws {
        let path = path
        _ = try Registry(path: path)
        let versions = try await withThrowingTaskGroup(of: [ModelVersion].self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let registry = try Registry(path: path)
                    return try (0..<10).map { try registry.register(Self.manifest("w\(writer) r\($0)"), actor: "ann") }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(versions.map(\.number).sorted() == Array(1...40))
        #expect(versions.filter { $0.aliases == ["champion"] }.map(\.number) == [1])
        #expect(Set(try Registry(path: path).versions().map(\.runID)) == Set(versions.map(\.runID)))
    }

    @Test(arguments: 0..<20) func `a new registry opened by many at once is made once`(round: Int) async throws {
        let path = folder / "\(round).sqlite"
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 { group.addTask { try Registry(path: path).versions().count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [0, 0, 0, 0, 0, 0])
    }

    @Test func `a file that is no database`() throws {
        try FileSystem.write(Array(repeating: UInt8(ascii: "x"), count: 5_000), to: path)
        let expected = LeewayError(
            .damagedArtifact, "\(path) is not a registry, or it is damaged.",
            hint: "Restore it from a backup; the run folders beside it are whole.")
        #expect(throws: expected) { try Registry(path: path) }
    }

    @Test func `a folder that is not there, or a folder in place of the file`() throws {
        for path in [folder / "no/registry.sqlite", folder.path] {
            let expected = LeewayError(
                .fileNotAccessible, "The registry \(path) can't be opened or written.",
                hint: "Check the permissions of its folder.")
            #expect(throws: expected) { try Registry(path: path) }
        }
    }

    /// Not even the superuser makes files in the kernel's own tree.
    @Test(.enabled(if: FileSystem.kind(of: "/sys/kernel") != nil)) func `a folder that may not be written to`() {
        let expected = LeewayError(
            .fileNotAccessible, "The registry /sys/kernel/r.sqlite can't be opened or written.",
            hint: "Check the permissions of its folder.")
        #expect(throws: expected) { try Registry(path: "/sys/kernel/r.sqlite") }
    }

    @Test func `tells the version of SQLite`() { #expect(Registry.libraryDescription.hasPrefix("3.")) }
}
