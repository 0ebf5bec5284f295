import GRDB
package import LeewayCore

/// The runs, versions and aliases of a project: one SQLite file, written in single transactions.
///
/// Versions never change. An alias is the only thing that moves, and each move is an event with who, when and why.
package final class Registry: Sendable {
    /// The alias of the version that is live.
    package static let champion = "champion"
    /// The alias of the version that may take its place.
    package static let challenger = "challenger"

    let database: any DatabaseWriter

    /// Opens the registry, and makes it where there is none.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - readsBesideWrites: Whether readings need not wait for a write of this process. A server wants it; it costs an
    ///     opening some writes to the disk.
    /// - Throws: `registryFailed`, `diskFull`, `fileNotAccessible`.
    package init(path: String, readsBesideWrites: Bool = false) throws(LeewayError) {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 2
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // A pool sees to it by itself.
            if !readsBesideWrites { try db.execute(sql: "PRAGMA journal_mode = WAL") }
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        database = try Self.mapping(path) {
            // Two that make a new registry at once would meet in the switch to WAL, or make the same table twice.
            try FileSystem.withLock(on: folder) {
                let database: any DatabaseWriter =
                    readsBesideWrites
                    ? try DatabasePool(path: path, configuration: configuration)
                    : try DatabaseQueue(path: path, configuration: configuration)
                try database.read { db in
                    guard try RegistrySchema.migrator.hasBeenSuperseded(db) else { return }
                    throw LeewayError(
                        .registryFailed, "The registry \(path) was written by a later Leeway.",
                        hint: "Use that version or a later one, or restore a backup that this version made.")
                }
                try RegistrySchema.migrator.migrate(database)
                return database
            }
        }
    }

    /// Registers a sealed run as the next version of its model, in one transaction; a model's first version becomes its champion.
    ///
    /// Of a retraining, its row gets the version's number in the same transaction.
    /// - Throws: `registryFailed`, `diskFull`.
    package func register(
        _ manifest: RunManifest, actor: String, retraining: Int? = nil
    ) throws(LeewayError) -> ModelVersion {
        try Self.mapping(database.path) {
            try database.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO run (run_id, model, started_at, finished_at, leeway_version, content_hash)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        manifest.runID, manifest.model, manifest.startedAt, manifest.finishedAt,
                        manifest.leewayVersion, manifest.contentHash,
                    ])
                let number =
                    try Int.fetchOne(
                        db, sql: "SELECT coalesce(max(number), 0) + 1 FROM version WHERE model = ?",
                        arguments: [manifest.model]) ?? 1
                try db.execute(
                    sql: """
                        INSERT INTO version (model, number, run_id, content_hash, created_at) VALUES (?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        manifest.model, number, manifest.runID, manifest.contentHash, manifest.finishedAt,
                    ])
                try Self.record(
                    Event(
                        time: manifest.finishedAt, model: manifest.model, kind: .registered, to: number, actor: actor,
                        reason: retraining.map { "retraining \($0)" } ?? "run", retraining: retraining), in: db)
                if let retraining {
                    try db.execute(
                        sql: "UPDATE retraining SET challenger = ? WHERE id = ?", arguments: [number, retraining])
                }
                if number == 1 {
                    try db.execute(
                        sql: "INSERT INTO alias (model, alias, number) VALUES (?, ?, ?)",
                        arguments: [manifest.model, Self.champion, number])
                    try Self.record(
                        Event(
                            time: manifest.finishedAt, model: manifest.model, kind: .aliasMoved,
                            alias: Self.champion, to: number, actor: actor, reason: "first version"), in: db)
                }
                return try Self.versions(db, model: manifest.model, number: number).first
            }
        }.orThrow(LeewayError(.registryFailed, "The registry lost a version that it had just taken."))
    }

    /// The versions, the newest of each model first; of one model where it is named.
    ///
    /// - Throws: `registryFailed`.
    package func versions(of model: String? = nil) throws(LeewayError) -> [ModelVersion] {
        try Self.mapping(database.path) { try database.read { try Self.versions($0, model: model, number: nil) } }
    }

    private static func versions(_ db: GRDB.Database, model: String?, number: Int?) throws -> [ModelVersion] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT model, number, run_id, content_hash, created_at,
                    (SELECT group_concat(alias, char(10)) FROM
                        (SELECT alias FROM alias WHERE alias.model = version.model
                            AND alias.number = version.number ORDER BY alias)) AS aliases
                FROM version
                WHERE (:model IS NULL OR model = :model) AND (:number IS NULL OR number = :number)
                ORDER BY model, number DESC
                """,
            arguments: ["model": model, "number": number])
        return rows.map { row in
            ModelVersion(
                model: row["model"], number: row["number"], runID: row["run_id"], contentHash: row["content_hash"],
                createdAt: row["created_at"],
                aliases: (row["aliases"] as String?)?.split(separator: "\n").map(String.init) ?? [])
        }
    }

    static func mapping<R>(_ path: String, _ body: () throws -> R) throws(LeewayError) -> R {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_FULL: throw Self.diskFull(path)
            case .SQLITE_IOERR where FileSystem.isFull(path): throw Self.diskFull(path)
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
                throw LeewayError(
                    .fileNotAccessible, "The registry \(path) can't be opened or written.",
                    hint: "Check the permissions of its folder.")
            case .SQLITE_BUSY:
                throw LeewayError(
                    .registryFailed, "The registry \(path) has been locked by another process for 10 seconds.",
                    hint: "Wait for it, or end it.")
            case .SQLITE_NOTADB, .SQLITE_CORRUPT:
                throw LeewayError(
                    .damagedArtifact, "\(path) is not a registry, or it is damaged.",
                    hint: "Restore it from a backup; the run folders beside it are whole.")
            default:
                throw LeewayError(
                    .registryFailed, "The registry \(path) failed: \(error.message ?? "no reason given").")
            }
        } catch let error as LeewayError {
            throw error
        } catch {
            throw LeewayError(.registryFailed, "The registry \(path) failed: \(error).")
        }
    }
}

extension Optional {
    /// The value, or the given error.
    func orThrow(_ error: LeewayError) throws(LeewayError) -> Wrapped {
        guard let self else { throw error }
        return self
    }
}

extension Registry {
    private static func diskFull(_ path: String) -> LeewayError {
        LeewayError(.diskFull, "The disk is full: can't write \(path).", hint: "Free some space and run again.")
    }

    /// The SQLite library behind the registry: its version.
    package static var libraryDescription: String {
        (try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? "not working"
    }
}
