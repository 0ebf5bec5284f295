import GRDB
package import LeewayCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The outbox of alerts: what was to be sent is kept until it was, or until it is given up.
extension Registry {
    /// How an alert ended.
    package enum AlertEnd: String, Sendable {
        case delivered
        /// Given up, after too many tries or for want of its sink.
        case dropped
    }

    /// Keeps a model's alerts, each for a sink, together with the state of the policy that raised them: all or nothing.
    ///
    /// So none is lost and none doubled by a process that ends in between.
    /// - Throws: `registryFailed`, `diskFull`.
    package func addAlerts(
        _ alerts: [(sink: String, payload: String)], of model: String, state: (name: String, bytes: [UInt8]),
        at time: Timestamp
    ) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                for alert in alerts {
                    try db.execute(
                        sql: """
                            INSERT INTO alert (model, created_at, sink, payload, attempts, next_attempt_at)
                            VALUES (?, ?, ?, ?, 0, ?)
                            """,
                        arguments: [model, time.description, alert.sink, alert.payload, time.milliseconds])
                }
                try db.execute(
                    sql: """
                        INSERT INTO monitor_state (model, name, state, updated_at) VALUES (?, ?, ?, ?)
                        ON CONFLICT (model, name) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at
                        """,
                    arguments: [model, state.name, Data(state.bytes), time.description])
            }
        }
    }

    /// The alerts whose time has come, the oldest first.
    ///
    /// One that is to wait for longer than `longest` was put off by a clock that has stepped back since: its time has come.
    /// - Throws: `registryFailed`.
    package func dueAlerts(
        at time: Timestamp, longest: Duration, limit: Int = 1000
    ) throws(LeewayError) -> [OutboxAlert] {
        let horizon = time.milliseconds + Int64(longest / .milliseconds(1))
        return try Self.mapping(database.path) {
            try database.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT id, model, sink, payload, attempts FROM alert
                        WHERE outcome IS NULL AND (next_attempt_at <= ? OR next_attempt_at > ?) ORDER BY id LIMIT ?
                        """,
                    arguments: [time.milliseconds, horizon, limit]
                ).map { row in
                    OutboxAlert(
                        id: row["id"], model: row["model"], sink: row["sink"], payload: row["payload"],
                        attempts: row["attempts"])
                }
            }
        }
    }

    /// The alerts that wait.
    ///
    /// - Throws: `registryFailed`.
    package func waitingAlertCount() throws(LeewayError) -> Int {
        try Self.mapping(database.path) {
            try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM alert WHERE outcome IS NULL") ?? 0 }
        }
    }

    /// An alert was tried in vain; it waits until a time.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func postponeAlert(_ id: Int64, until time: Timestamp) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                try db.execute(
                    sql: """
                        UPDATE alert SET attempts = attempts + 1, next_attempt_at = ? WHERE id = ? AND outcome IS NULL
                        """,
                    arguments: [time.milliseconds, id])
            }
        }
    }

    /// An alert is done with.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func endAlert(_ id: Int64, _ end: AlertEnd) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                try db.execute(sql: "UPDATE alert SET outcome = ? WHERE id = ?", arguments: [end.rawValue, id])
            }
        }
    }

    /// Removes alerts that are done with, but for the newest.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func removeEndedAlerts(keeping count: Int) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                try db.execute(
                    sql: """
                        DELETE FROM alert WHERE outcome IS NOT NULL AND id <=
                            (SELECT id FROM alert WHERE outcome IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET ?)
                        """,
                    arguments: [count])
            }
        }
    }
}
