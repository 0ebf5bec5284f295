import GRDB
package import LeewayCore

extension Registry {
    /// An alias and the version it points to.
    package struct Alias: Sendable, Hashable {
        package let model: String
        package let alias: String
        package let number: Int

        package init(model: String, alias: String, number: Int) {
            (self.model, self.alias, self.number) = (model, alias, number)
        }
    }

    /// Where an alias was and where it is.
    package struct AliasMove: Sendable, Equatable, Encodable {
        package let model: String
        package let alias: String
        /// nil: the alias is new.
        package let from: Int?
        package let to: Int
        /// False where it pointed there already: then nothing was written.
        package let isMoved: Bool

        package init(model: String, alias: String, from: Int?, to: Int, isMoved: Bool) {
            (self.model, self.alias, self.from, self.to, self.isMoved) = (model, alias, from, to, isMoved)
        }

        enum CodingKeys: String, CodingKey {
            case model
            case alias
            case from
            case to
            case isMoved = "moved"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(model, forKey: .model)
            try container.encode(alias, forKey: .alias)
            // A new alias says null rather than nothing.
            try container.encode(from, forKey: .from)
            try container.encode(to, forKey: .to)
            try container.encode(isMoved, forKey: .isMoved)
        }
    }

    /// What changes whenever a version is registered, an alias moves, or a token is made or revoked, by whatever process.
    ///
    /// Feedback and window counts leave it as it is.
    package struct DataVersion: Sendable, Hashable {
        let lastEvent: Int
        let tokens: Int
        let revocations: Int
    }

    /// Lets an alias point to a version, in one transaction with its event; an alias that is new is made.
    ///
    /// A retraining that brought it about ends in the same transaction, in the state given, and another alias is taken away.
    /// - Throws: `unknownVersion` with what there is, `invalidSetting` for a name that is none, `registryFailed`,
    ///   `diskFull`.
    package func moveAlias(
        _ alias: String, of model: String, to number: Int, actor: String, reason: String, at time: Timestamp,
        kind: Event.Kind = .aliasMoved, ending retraining: RetrainingEnd? = nil, without other: String? = nil
    ) throws(LeewayError) -> AliasMove {
        guard RegistryName.isFine(alias), !RegistryName.isNumber(alias) else {
            throw LeewayError(
                .invalidSetting, "An alias must be 1 to 100 letters, digits, '-', '_' or '.', and no plain number.")
        }
        return try Self.mapping(database.path) {
            try database.write { db in
                let known = try Int.fetchAll(
                    db, sql: "SELECT number FROM version WHERE model = ? ORDER BY number DESC", arguments: [model])
                guard known.contains(number) else {
                    return Result<AliasMove, LeewayError>.failure(try Self.unknown(number, of: model, known, db))
                }
                let old = try Int.fetchOne(
                    db, sql: "SELECT number FROM alias WHERE model = ? AND alias = ?", arguments: [model, alias])
                let move = AliasMove(model: model, alias: alias, from: old, to: number, isMoved: old != number)
                if let retraining { try Self.end(retraining, at: time, in: db) }
                if let other { try Self.removeAlias(other, of: model, in: db) }
                guard move.isMoved else { return .success(move) }
                try db.execute(
                    sql: """
                        INSERT INTO alias (model, alias, number) VALUES (?, ?, ?)
                        ON CONFLICT (model, alias) DO UPDATE SET number = excluded.number
                        """,
                    arguments: [model, alias, number])
                try Self.record(
                    Event(
                        time: time.description, model: model, kind: kind, alias: alias, from: old, to: number,
                        actor: actor, reason: reason, retraining: retraining?.id), in: db)
                return .success(move)
            }
        }.get()
    }

    static func removeAlias(_ alias: String, of model: String, in db: GRDB.Database) throws {
        try db.execute(sql: "DELETE FROM alias WHERE model = ? AND alias = ?", arguments: [model, alias])
    }

    /// All aliases, by model and name.
    ///
    /// - Throws: `registryFailed`.
    package func aliases() throws(LeewayError) -> [Alias] {
        try Self.mapping(database.path) {
            try database.read { db in
                let statement = try db.cachedStatement(
                    sql: "SELECT model, alias, number FROM alias ORDER BY model, alias")
                return try Row.fetchAll(statement).map { Alias(model: $0[0], alias: $0[1], number: $0[2]) }
            }
        }
    }

    /// What to hold against an earlier value to learn of a change: cheap enough to be asked for many times a second.
    ///
    /// - Throws: `registryFailed`.
    package func dataVersion() throws(LeewayError) -> DataVersion {
        try Self.mapping(database.path) {
            try database.read { db in
                let statement = try db.cachedStatement(
                    sql: """
                        SELECT (SELECT coalesce(max(id), 0) FROM event), count(*), count(revoked_at) FROM token
                        """)
                let row = try Row.fetchOne(statement)
                return DataVersion(lastEvent: row?[0] ?? 0, tokens: row?[1] ?? 0, revocations: row?[2] ?? 0)
            }
        }
    }

    private static func unknown(
        _ number: Int, of model: String, _ known: [Int], _ db: GRDB.Database
    ) throws -> LeewayError {
        guard known.isEmpty else {
            return LeewayError(
                .unknownVersion, "Model '\(model)' has no version \(number).",
                hint: "There are: \(known.prefix(20).map(String.init).joined(separator: ", ")).")
        }
        let models = try String.fetchAll(db, sql: "SELECT DISTINCT model FROM version ORDER BY model")
        return LeewayError(
            .unknownVersion, "There is no model '\(model)'.",
            hint: models.isEmpty ? "Train one with 'leeway run'." : "There are: \(models.joined(separator: ", ")).")
    }
}
