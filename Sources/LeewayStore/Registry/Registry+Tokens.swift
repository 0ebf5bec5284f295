import GRDB
package import LeewayCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Registry {
    /// A token just made, and its secret, which nobody can tell again.
    package struct NewToken: Sendable {
        package let record: TokenRecord
        package let secret: String
    }

    /// Makes a token of 256 random bits, of which only the SHA-256 is stored.
    ///
    /// - Throws: `invalidSetting` for a name that is none or that an active token has, for no scope, and for an expiry
    ///   that is over; `registryFailed`, `diskFull`.
    package func createToken(
        name: String, scopes: Set<TokenScope>, expires: Timestamp?, at time: Timestamp
    ) throws(LeewayError) -> NewToken {
        guard RegistryName.isFine(name) else {
            throw LeewayError(.invalidSetting, "A token's name must be 1 to 100 letters, digits, '-', '_' or '.'.")
        }
        guard !scopes.isEmpty else {
            throw LeewayError(
                .invalidSetting, "A token without a scope opens nothing.",
                hint: "Scopes: \(TokenScope.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard expires.map({ $0 > time }) ?? true else {
            throw LeewayError(.invalidSetting, "The token would be expired from the beginning.")
        }
        var generator = SystemRandomNumberGenerator()
        let secret = TokenSecret.make(using: &generator)
        let digits = String(UInt64.random(in: 0..<(1 << 48), using: &generator), radix: 16)
        let record = TokenRecord(
            id: String(repeating: "0", count: 12 - digits.count) + digits, name: name, scopes: scopes,
            createdAt: time, expiresAt: expires)
        return try Self.mapping(database.path) {
            try database.write { db in
                let namesakes = try Self.storedTokens(db, where: "name = ?", [name])
                if let other = namesakes.first(where: { $0.record.state(at: time) == .active })?.record {
                    return Result<NewToken, LeewayError>.failure(
                        LeewayError(
                            .invalidSetting, "There is an active token '\(name)' already: \(other.id).",
                            hint: "Choose another name, or revoke it first."))
                }
                try db.execute(
                    sql: """
                        INSERT INTO token (id, name, sha256, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        record.id, name, Data(SHA256.digest(Array(secret.utf8))),
                        record.orderedScopes.map(\.rawValue).joined(separator: " "), time.description,
                        expires?.description,
                    ])
                return .success(NewToken(record: record, secret: secret))
            }
        }.get()
    }

    /// All tokens, the newest first; revoked and expired ones too.
    ///
    /// - Throws: `registryFailed`.
    package func tokens() throws(LeewayError) -> [TokenRecord] {
        try Self.mapping(database.path) { try database.read { try Self.storedTokens($0).map(\.record) } }
    }

    /// What tells tokens from one another, as they are now.
    ///
    /// - Throws: `registryFailed`.
    package func tokenVerifier() throws(LeewayError) -> TokenVerifier {
        try Self.mapping(database.path) { try database.read { TokenVerifier(try Self.storedTokens($0)) } }
    }

    /// Revokes the token of an id, else of a name: of several with the name the active one, else the newest.
    ///
    /// - Returns: the token, and false where it was revoked before: then nothing was written.
    /// - Throws: `unknownToken` with the names there are, `registryFailed`, `diskFull`.
    package func revokeToken(
        _ reference: String, at time: Timestamp
    ) throws(LeewayError) -> (record: TokenRecord, isNew: Bool) {
        try Self.mapping(database.path) {
            try database.write { db in
                let tokens = try Self.storedTokens(db).map(\.record)
                let named = tokens.filter { $0.name == reference }
                let found =
                    tokens.first { $0.id == reference } ?? named.first { $0.state(at: time) == .active }
                    ?? named.first { $0.revokedAt == nil } ?? named.first
                guard let found else {
                    return Result<(record: TokenRecord, isNew: Bool), LeewayError>.failure(
                        Self.unknownToken(reference, tokens.filter { $0.revokedAt == nil }))
                }
                guard found.revokedAt == nil else { return .success((found, false)) }
                try db.execute(
                    sql: "UPDATE token SET revoked_at = ? WHERE id = ?", arguments: [time.description, found.id])
                let revoked = TokenRecord(
                    id: found.id, name: found.name, scopes: found.scopes, createdAt: found.createdAt,
                    expiresAt: found.expiresAt, revokedAt: time)
                return .success((revoked, true))
            }
        }.get()
    }

    private static func unknownToken(_ reference: String, _ tokens: [TokenRecord]) -> LeewayError {
        let names = Set(tokens.map(\.name)).sorted()
        return LeewayError(
            .unknownToken, "There is no token '\(reference)'.",
            hint: NearestName.of(reference, among: names).map { "Did you mean '\($0)'?" }
                ?? (names.isEmpty ? "There is none at all." : "There are: \(names.joined(separator: ", "))."))
    }

    private static func storedTokens(
        _ db: GRDB.Database, where condition: String = "true", _ arguments: StatementArguments = []
    ) throws -> [(record: TokenRecord, sha256: [UInt8])] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, name, sha256, scopes, created_at, expires_at, revoked_at FROM token WHERE \(condition)
                ORDER BY created_at DESC, rowid DESC
                """,
            arguments: arguments)
        return try rows.map { row in
            let sha256: Data = row["sha256"]
            // A time that can't be read must not count as none: the token would live for ever.
            let times = try ["created_at", "expires_at", "revoked_at"].map { column in
                try (row[column] as String?).map { text in
                    guard let time = Timestamp(text) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
                    return time
                }
            }
            guard let created = times[0], sha256.count == 32 else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
            let scopes = (row["scopes"] as String).split(separator: " ").compactMap { TokenScope(rawValue: String($0)) }
            let record = TokenRecord(
                id: row["id"], name: row["name"], scopes: Set(scopes), createdAt: created, expiresAt: times[1],
                revokedAt: times[2])
            return (record, Array(sha256))
        }
    }
}
