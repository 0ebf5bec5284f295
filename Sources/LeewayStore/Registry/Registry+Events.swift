import GRDB
package import LeewayCore

extension Registry {
    /// Something that happened to a model: who, when, why.
    package struct Event: Sendable, Equatable, Codable {
        package enum Kind: String, Sendable, Codable {
            case registered
            case aliasMoved = "alias_moved"
            /// The champion went back to the version before, since the new one disappointed.
            case rolledBack = "rolled_back"
            /// A retraining came to an end that moved nothing.
            case retrainingEnded = "retraining_ended"
        }

        /// UTC, ISO 8601.
        package let time: String
        package let model: String
        package let kind: Kind
        package var alias: String?
        package var from: Int?
        package var to: Int?
        package let actor: String
        package let reason: String
        /// The retraining that it belongs to.
        package var retraining: Int?

        package init(
            time: String, model: String, kind: Kind, alias: String? = nil, from: Int? = nil, to: Int? = nil,
            actor: String, reason: String, retraining: Int? = nil
        ) {
            (self.time, self.model, self.kind, self.alias) = (time, model, kind, alias)
            (self.from, self.to, self.actor, self.reason, self.retraining) = (from, to, actor, reason, retraining)
        }
    }

    /// The events, the newest first; of one model where it is named.
    ///
    /// - Throws: `registryFailed`.
    package func events(of model: String? = nil, limit: Int = 1_000_000) throws(LeewayError) -> [Event] {
        try Self.mapping(database.path) {
            try database.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT time, model, kind, alias, from_number, to_number, actor, reason, retraining FROM event
                        WHERE :model IS NULL OR model = :model ORDER BY id DESC LIMIT :limit
                        """,
                    arguments: ["model": model, "limit": limit]
                ).compactMap { row in
                    guard let kind = Event.Kind(rawValue: row["kind"]) else { return nil }
                    return Event(
                        time: row["time"], model: row["model"], kind: kind, alias: row["alias"],
                        from: row["from_number"], to: row["to_number"], actor: row["actor"], reason: row["reason"],
                        retraining: row["retraining"])
                }
            }
        }
    }

    static func record(_ event: Event, in db: GRDB.Database) throws {
        try db.execute(
            sql: """
                INSERT INTO event (time, model, kind, alias, from_number, to_number, actor, reason, retraining)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                event.time, event.model, event.kind.rawValue, event.alias, event.from, event.to, event.actor,
                event.reason, event.retraining,
            ])
    }
}
