import GRDB
package import LeewayCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A retraining, as the registry keeps it.
package struct Retraining: Sendable, Equatable {
    /// How far it is.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// A process works on it, or did until it was killed.
        case running
        /// It made no version: its document says why.
        case failed
        /// The process that worked on it is no more; what it left was removed.
        case abandoned
        /// The gate refused the challenger.
        case refused
        /// The challenger passed and waits for somebody to promote it.
        case awaiting
        /// The challenger scores every request beside the champion.
        case shadow
        /// The challenger answers a share of the requests.
        case canary
        /// The challenger was tried on requests, and was not shown to be better.
        case withdrawn
        /// The challenger is the champion and is watched.
        case probation
        /// The challenger became the champion, and stayed it while it was watched.
        case promoted
        /// It became the champion and was taken back.
        case rolledBack = "rolled_back"

        /// Whether something is still to come.
        package var isOpen: Bool { [.running, .awaiting, .shadow, .canary, .probation].contains(self) }
    }

    package let id: Int
    package let model: String
    package let startedAt: Timestamp
    /// When it came to its state; nil while it is running.
    package let endedAt: Timestamp?
    /// What called for it.
    package let cause: String
    package let reason: String
    package let actor: String
    package let state: State
    /// The champion when it began.
    package let champion: Int
    /// The version that it made.
    package let challenger: Int?
    /// The run that makes it.
    package let runID: String
    /// All that is known of it, as JSON.
    package let document: [UInt8]?
}

/// A new state of a retraining.
package struct RetrainingEnd: Sendable {
    package let id: Int
    package let state: Retraining.State
    /// In place of the one before; nil leaves that.
    package let document: [UInt8]?

    package init(_ id: Int, _ state: Retraining.State, document: [UInt8]? = nil) {
        (self.id, self.state, self.document) = (id, state, document)
    }
}

extension Registry {
    /// Notes that a retraining begins, with the decision that it follows, in one transaction.
    ///
    /// - Returns: its number.
    /// - Throws: `registryFailed`, `diskFull`.
    package func beginRetraining(
        of champion: ModelVersion, runID: String, cause: String, reason: String, actor: String, at time: Timestamp,
        following decision: DecisionToKeep? = nil
    ) throws(LeewayError) -> Int {
        try Self.mapping(database.path) {
            try database.write { db in
                if let decision { try Self.keep(decision, at: time, in: db) }
                try db.execute(
                    sql: """
                        INSERT INTO retraining (model, started_at, cause, reason, actor, state, champion, run_id)
                        VALUES (?, ?, ?, ?, ?, 'running', ?, ?)
                        """,
                    arguments: [
                        champion.model, time.milliseconds, cause, reason, actor, champion.number, runID,
                    ])
                return Int(db.lastInsertedRowID)
            }
        }
    }

    /// Brings a retraining into another state, with an event; an alias that belonged to it is taken away.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func end(
        _ end: RetrainingEnd, actor: String, reason: String, at time: Timestamp, without alias: String? = nil
    ) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                try Self.end(end, at: time, in: db)
                guard let row = try Row.fetchOne(db, sql: "SELECT * FROM retraining WHERE id = ?", arguments: [end.id])
                else { return }
                if let alias { try Self.removeAlias(alias, of: row["model"], in: db) }
                try Self.record(
                    Event(
                        time: time.description, model: row["model"], kind: .retrainingEnded, to: row["challenger"],
                        actor: actor, reason: "\(end.state.rawValue): \(reason)", retraining: end.id), in: db)
            }
        }
    }

    static func end(_ end: RetrainingEnd, at time: Timestamp, in db: GRDB.Database) throws {
        try db.execute(
            sql: "UPDATE retraining SET state = ?, ended_at = ?, document = coalesce(?, document) WHERE id = ?",
            arguments: [end.state.rawValue, time.milliseconds, end.document.map { Data($0) }, end.id])
    }

    /// A model's retrainings, the newest first; of all models where none is named.
    ///
    /// - Throws: `registryFailed`.
    package func retrainings(model: String? = nil, limit: Int = 1_000_000) throws(LeewayError) -> [Retraining] {
        try Self.mapping(database.path) {
            try database.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT * FROM retraining WHERE :model IS NULL OR model = :model ORDER BY id DESC LIMIT :limit
                        """, arguments: ["model": model, "limit": limit]
                ).compactMap { row in
                    guard let state = Retraining.State(rawValue: row["state"]) else { return nil }
                    return Retraining(
                        id: row["id"], model: row["model"], startedAt: Timestamp(milliseconds: row["started_at"]),
                        endedAt: (row["ended_at"] as Int64?).map { Timestamp(milliseconds: $0) }, cause: row["cause"],
                        reason: row["reason"], actor: row["actor"], state: state, champion: row["champion"],
                        challenger: row["challenger"], runID: row["run_id"],
                        document: (row["document"] as Data?).map { Array($0) })
                }
            }
        }
    }

    /// Two versions that score the same requests.
    package struct Trial: Sendable, Equatable {
        package let model: String
        /// The version that stands beside the champion.
        package let other: Int
        /// The share of requests that it answers; 0: it only scores.
        package let share: Double
    }

    /// The versions that stand beside a champion now, at most one of a model: a challenger that is tried, or the champion before
    /// as long as the new one is watched.
    ///
    /// - Throws: `registryFailed`.
    package func trials() throws(LeewayError) -> [Trial] {
        try Self.mapping(database.path) {
            try database.read { db in
                let statement = try db.cachedStatement(
                    sql: """
                        SELECT model, champion, challenger, state,
                            json_extract(CAST(document AS TEXT), '$.trial.share') AS share
                        FROM retraining WHERE id IN (
                            SELECT max(id) FROM retraining
                            WHERE state IN ('shadow', 'canary', 'probation') AND challenger IS NOT NULL GROUP BY model)
                        ORDER BY model
                        """)
                return try Row.fetchAll(statement).map { row in
                    let state: String = row["state"]
                    return Trial(
                        model: row["model"], other: state == "probation" ? row["champion"] : row["challenger"],
                        share: state == "canary" ? row["share"] ?? 0 : 0)
                }
            }
        }
    }
}
