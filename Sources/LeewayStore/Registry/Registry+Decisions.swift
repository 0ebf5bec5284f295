import GRDB
package import LeewayCore

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
    /// Keeps a decision; one that is like the last one counts up, with the newest reason.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func keep(_ decision: DecisionToKeep, at time: Timestamp) throws(LeewayError) {
        try Self.mapping(database.path) { try database.write { try Self.keep(decision, at: time, in: $0) } }
    }

    static func keep(_ decision: DecisionToKeep, at time: Timestamp, in db: GRDB.Database) throws {
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
}
