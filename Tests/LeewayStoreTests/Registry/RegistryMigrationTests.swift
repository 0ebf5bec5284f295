import GRDB
import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayStore

@Suite struct RegistryMigrationTests {
    private let folder: TemporaryFolder
    private var path: String { folder / "registry.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    /// What the first format's file was made of, letter by letter, with a model of two versions.
    private static let first = """
        CREATE TABLE run (
            run_id TEXT PRIMARY KEY NOT NULL, model TEXT NOT NULL, started_at TEXT NOT NULL,
            finished_at TEXT NOT NULL, leeway_version TEXT NOT NULL, content_hash TEXT NOT NULL
        ) STRICT;
        CREATE TABLE version (
            model TEXT NOT NULL, number INTEGER NOT NULL, run_id TEXT NOT NULL UNIQUE REFERENCES run,
            content_hash TEXT NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (model, number)
        ) STRICT;
        CREATE TABLE alias (
            model TEXT NOT NULL, alias TEXT NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY (model, alias), FOREIGN KEY (model, number) REFERENCES version
        ) STRICT;
        CREATE TABLE event (
            id INTEGER PRIMARY KEY, time TEXT NOT NULL, model TEXT NOT NULL, kind TEXT NOT NULL, alias TEXT,
            from_number INTEGER, to_number INTEGER, actor TEXT NOT NULL, reason TEXT NOT NULL
        ) STRICT;
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 runs, versions, aliases, events');
        INSERT INTO run VALUES ('r1', 'credit', '2026-01-01', '2026-01-01', '0.1.0', 'h1'),
            ('r2', 'credit', '2026-01-02', '2026-01-02', '0.1.0', 'h2');
        INSERT INTO version VALUES ('credit', 1, 'r1', 'h1', '2026-01-01'), ('credit', 2, 'r2', 'h2', '2026-01-02');
        INSERT INTO alias VALUES ('credit', 'champion', 2);
        INSERT INTO event VALUES (1, '2026-01-02', 'credit', 'alias_moved', 'champion', 1, 2, 'ann', 'better');
        """

    /// All that makes up the file but the rows, without the spaces.
    private static func schema(of path: String) throws -> [String] {
        try DatabaseQueue(path: path).read { db in
            try String.fetchAll(db, sql: "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY name")
                .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        }
    }

    private func expectOpens() throws {
        let registry = try Registry(path: path)
        let versions = try registry.versions(of: "credit")
        #expect(versions.map(\.number) == [2, 1] && versions.map(\.contentHash) == ["h2", "h1"])
        #expect(versions[0].aliases == [Registry.champion])
        let events = try registry.events(of: "credit")
        #expect(events.map(\.reason) == ["better"] && events[0].retraining == nil)
        #expect(try registry.retrainings().isEmpty)
        // It is one of today's in every way, and takes what today's take.
        let new = folder / "new.sqlite"
        _ = try Registry(path: new)
        #expect(try Self.schema(of: path) == Self.schema(of: new))
    }

    @Test func `a registry of the first format is brought up to date and keeps its rows`() throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: Self.first) }
        try expectOpens()
    }

    @Test(arguments: [
        "2 window counts, tokens, feedback", "3 monitoring",
    ])
    func `a registry of a later format, too`(_ format: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: Self.first) }
        try RegistrySchema.migrator.migrate(queue, upTo: format)
        try queue.close()
        try expectOpens()
    }

    @Test func `one that a later version wrote is refused and left alone`() throws {
        _ = try Registry(path: path)
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 flying')")
        }
        let before = try Self.schema(of: path)
        let error = #expect(throws: LeewayError.self) { _ = try Registry(path: path) }
        #expect(error?.code == .registryFailed && error?.message.hasSuffix("was written by a later Leeway.") == true)
        #expect(try Self.schema(of: path) == before)
    }

    @Test func `a migration that stops half-way leaves the registry as it was`() throws {
        try DatabaseQueue(path: path).write { db in
            try db.execute(sql: Self.first)
            // A table of this name is in the way of the second migration.
            try db.execute(sql: "CREATE TABLE token (x INTEGER) STRICT")
        }
        let before = try Self.schema(of: path)
        let error = #expect(throws: LeewayError.self) { _ = try Registry(path: path) }
        #expect(error?.code == .registryFailed)
        #expect(try Self.schema(of: path) == before)
    }

    @Test func `a copy is the registry of one moment, while others write`() async throws {
        let registry = try Registry(path: path)
        let manifest = { (number: Int) in
            RunManifest(
                runID: "r\(number)", model: "credit", leewayVersion: "0.1.0", startedAt: "a", finishedAt: "b",
                contentHash: "h", stages: [], artifacts: [])
        }
        _ = try registry.register(manifest(0), actor: "ann")
        async let writing: Void = {
            for number in 1..<60 { _ = try registry.register(manifest(number), actor: "ann") }
        }()
        var counts: [Int] = []
        for number in 0..<10 {
            try registry.copy(to: folder / "copy-\(number)")
            counts.append(try Registry(path: folder / "copy-\(number)").versions().count)
        }
        try await writing
        #expect(counts == counts.sorted() && counts[0] > 0)
        let error = #expect(throws: LeewayError.self) { try registry.copy(to: folder / "no/such/folder") }
        #expect(error?.code == .fileNotAccessible)
    }
}
