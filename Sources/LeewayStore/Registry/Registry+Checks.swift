import GRDB
package import LeewayCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a check of a window found, as the registry keeps it.
package struct MonitorCheck: Sendable, Equatable {
    /// Its number, from 1 on; nil for one that is not kept yet.
    package var id: Int?
    package let time: Timestamp
    package let model: String
    package let number: Int
    /// The hours that were checked, in hours since 1970.
    package let hours: Range<Int>
    package let rows: Int
    /// `drift`, `no_drift`, `no_evidence`.
    package let verdict: String
    /// All that was found, as JSON.
    package let document: [UInt8]

    package init(
        id: Int? = nil, time: Timestamp, model: String, number: Int, hours: Range<Int>, rows: Int, verdict: String,
        document: [UInt8]
    ) {
        (self.id, self.time, self.model) = (id, time, model)
        (self.number, self.hours) = (number, hours)
        (self.rows, self.verdict, self.document) = (rows, verdict, document)
    }
}

extension Registry {
    /// Keeps a check.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func record(_ check: MonitorCheck) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO monitor_check (time, model, number, first_hour, end_hour, rows, verdict, document)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        check.time.milliseconds, check.model, check.number, check.hours.lowerBound,
                        check.hours.upperBound, check.rows, check.verdict, Data(check.document),
                    ])
            }
        }
    }

    /// A model's checks, the newest first.
    ///
    /// - Throws: `registryFailed`.
    package func checks(model: String, limit: Int) throws(LeewayError) -> [MonitorCheck] {
        try Self.mapping(database.path) {
            try database.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT * FROM monitor_check WHERE model = ? ORDER BY time DESC, id DESC LIMIT ?
                        """,
                    arguments: [model, limit]
                ).map(Self.check)
            }
        }
    }

    /// A model's checks after one of them, in the order in which they were kept.
    ///
    /// - Throws: `registryFailed`.
    package func checks(model: String, after id: Int) throws(LeewayError) -> [MonitorCheck] {
        try Self.mapping(database.path) {
            try database.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM monitor_check WHERE model = ? AND id > ? ORDER BY id",
                    arguments: [model, id]
                ).map(Self.check)
            }
        }
    }

    private static func check(_ row: Row) -> MonitorCheck {
        MonitorCheck(
            id: row["id"], time: Timestamp(milliseconds: row["time"]), model: row["model"], number: row["number"],
            hours: (row["first_hour"] as Int)..<(row["end_hour"] as Int), rows: row["rows"],
            verdict: row["verdict"], document: Array(row["document"] as Data))
    }

    /// What a part of the monitoring remembers between its looks; nil where nothing is known.
    ///
    /// - Throws: `registryFailed`.
    package func monitorState(model: String, name: String) throws(LeewayError) -> [UInt8]? {
        try Self.mapping(database.path) {
            try database.read { db in
                try Data.fetchOne(
                    db, sql: "SELECT state FROM monitor_state WHERE model = ? AND name = ?", arguments: [model, name]
                ).map { Array($0) }
            }
        }
    }

    /// Remembers a state, in place of the one before.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func setMonitorState(
        _ state: [UInt8], model: String, name: String, at time: Timestamp
    ) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in try Self.setState(state, model: model, name: name, at: time, in: db) }
        }
    }

    static func setState(
        _ state: [UInt8], model: String, name: String, at time: Timestamp, in db: GRDB.Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO monitor_state (model, name, state, updated_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (model, name) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at
                """,
            arguments: [model, name, Data(state), time.description])
    }
}
