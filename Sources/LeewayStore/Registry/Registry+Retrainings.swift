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

/// A decision that was taken, and how often in a row.
package struct RecordedDecision: Sendable, Equatable {
    package let time: Timestamp
    /// When it was taken for the last time in a row.
    package let lastTime: Timestamp
    package let count: Int
    package let action: String
    package let cause: String?
    package let obstacle: String?
    package let reason: String
}

/// A decision that is to be kept, with what the policy must remember.
package struct DecisionToKeep: Sendable {
    package let model: String
    package let action: String
    package let cause: String?
    package let obstacle: String?
    package let reason: String
    /// What the policy knows now: the name and the bytes of a state.
    package let state: (name: String, bytes: [UInt8])

    package init(
        model: String, action: String, cause: String?, obstacle: String?, reason: String,
        state: (name: String, bytes: [UInt8])
    ) {
        (self.model, self.action, self.cause) = (model, action, cause)
        (self.obstacle, self.reason, self.state) = (obstacle, reason, state)
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

    // MARK: Counts of requests

    /// What became of the requests that a version was asked.
    package struct ServingCount: Sendable, Equatable {
        package var requests = 0
        /// Requests whose rows broke the contract.
        package var refused = 0
        /// Requests that could not be answered.
        package var failed = 0

        package init(requests: Int = 0, refused: Int = 0, failed: Int = 0) {
            (self.requests, self.refused, self.failed) = (requests, refused, failed)
        }
    }

    /// Adds what a server counted since it last did, all in one transaction.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func add(
        _ counts: [(model: String, number: Int, count: ServingCount)], hour: Int
    ) throws(LeewayError) {
        guard !counts.isEmpty else { return }
        try Self.mapping(database.path) {
            try database.write { db in
                for (model, number, count) in counts {
                    try db.execute(
                        sql: """
                            INSERT INTO serving_count (model, number, hour, requests, refused, failed)
                            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (model, number, hour) DO UPDATE SET
                                requests = requests + excluded.requests, refused = refused + excluded.refused,
                                failed = failed + excluded.failed
                            """,
                        arguments: [model, number, hour, count.requests, count.refused, count.failed])
                }
            }
        }
    }

    /// What became of the requests to a version from an hour on.
    ///
    /// - Throws: `registryFailed`.
    package func servingCount(model: String, number: Int, from hour: Int) throws(LeewayError) -> ServingCount {
        try Self.mapping(database.path) {
            try database.read { db in
                let row = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT sum(requests), sum(refused), sum(failed) FROM serving_count
                        WHERE model = ? AND number = ? AND hour >= ?
                        """, arguments: [model, number, hour])
                return ServingCount(requests: row?[0] ?? 0, refused: row?[1] ?? 0, failed: row?[2] ?? 0)
            }
        }
    }

    // MARK: Decisions

    /// Keeps a decision; one that is like the last one counts up, with the newest reason.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func keep(_ decision: DecisionToKeep, at time: Timestamp) throws(LeewayError) {
        try Self.mapping(database.path) { try database.write { try Self.keep(decision, at: time, in: $0) } }
    }

    private static func keep(_ decision: DecisionToKeep, at time: Timestamp, in db: GRDB.Database) throws {
        try setState(decision.state.bytes, model: decision.model, name: decision.state.name, at: time, in: db)
        try db.execute(
            sql: """
                UPDATE decision SET last_time = ?, count = count + 1, reason = ?
                WHERE id = (SELECT max(id) FROM decision WHERE model = ?)
                    AND action = ? AND cause IS ? AND obstacle IS ? AND action <> 'retrain'
                """,
            arguments: [
                time.milliseconds, decision.reason, decision.model, decision.action, decision.cause, decision.obstacle,
            ])
        guard db.changesCount == 0 else { return }
        try db.execute(
            sql: """
                INSERT INTO decision (model, time, last_time, count, action, cause, obstacle, reason)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?)
                """,
            arguments: [
                decision.model, time.milliseconds, time.milliseconds, decision.action, decision.cause,
                decision.obstacle, decision.reason,
            ])
    }

    /// The decisions over a model, the newest first.
    ///
    /// - Throws: `registryFailed`.
    package func decisions(model: String, limit: Int = 1_000_000) throws(LeewayError) -> [RecordedDecision] {
        try Self.mapping(database.path) {
            try database.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM decision WHERE model = ? ORDER BY id DESC LIMIT ?",
                    arguments: [model, limit]
                ).map { row in
                    RecordedDecision(
                        time: Timestamp(milliseconds: row["time"]), lastTime: Timestamp(milliseconds: row["last_time"]),
                        count: row["count"], action: row["action"], cause: row["cause"], obstacle: row["obstacle"],
                        reason: row["reason"])
                }
            }
        }
    }

    /// How many rows of a model were answered and counted.
    ///
    /// - Throws: `registryFailed`.
    package func answeredRows(of model: String) throws(LeewayError) -> Int {
        try Self.mapping(database.path) {
            try database.read { db in
                try Int.fetchOne(
                    db, sql: "SELECT coalesce(sum(rows), 0) FROM window WHERE model = ?", arguments: [model]) ?? 0
            }
        }
    }

    // MARK: Leases

    /// Takes a lease for so long, or holds it for longer; false where another one has it.
    ///
    /// One of a holder that `isDead` knows to be no more is taken over.
    /// One that claims to last for longer than a lease does was taken by a clock that has stepped: it is void.
    /// - Throws: `registryFailed`, `diskFull`.
    package func takeLease(
        _ name: String, holder: String, replacing isDead: (String) -> Bool = { _ in false }, for length: Duration,
        at time: Timestamp
    ) throws(LeewayError) -> Bool {
        let milliseconds = Int64(length.components.seconds) * 1000
        return try Self.mapping(database.path) {
            try database.write { db in
                let row = try Row.fetchOne(
                    db, sql: "SELECT holder, expires_at FROM lease WHERE name = ?", arguments: [name])
                if let row, row["holder"] as String != holder, !isDead(row["holder"]) {
                    let expiry: Int64 = row["expires_at"]
                    if time.milliseconds < expiry, expiry <= time.milliseconds + milliseconds { return false }
                }
                try db.execute(
                    sql: """
                        INSERT INTO lease (name, holder, expires_at) VALUES (?, ?, ?)
                        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
                        """, arguments: [name, holder, time.milliseconds + milliseconds])
                return true
            }
        }
    }

    /// Gives a lease back; that of another holder stays.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func releaseLease(_ name: String, holder: String) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                try db.execute(sql: "DELETE FROM lease WHERE name = ? AND holder = ?", arguments: [name, holder])
            }
        }
    }
}
