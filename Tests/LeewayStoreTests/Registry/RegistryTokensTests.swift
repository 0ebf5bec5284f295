import GRDB
import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayStore

@Suite struct RegistryTokensTests {
    private let folder: TemporaryFolder
    private let registry: Registry
    private static let now = Timestamp(milliseconds: 1_795_435_200_000)

    init() throws {
        folder = try TemporaryFolder()
        registry = try Registry(path: folder / "registry.sqlite")
    }

    private static func later(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds + seconds * 1000)
    }

    private func make(
        _ name: String, _ scopes: Set<TokenScope> = [.predict], expires: Timestamp? = nil, at time: Timestamp = now
    ) throws -> Registry.NewToken {
        try registry.createToken(name: name, scopes: scopes, expires: expires, at: time)
    }

    @Test func `a token is kept but its secret is not`() throws {
        let token = try make("shop", [.read, .predict], expires: Self.later(60))
        #expect(token.secret.wholeMatch(of: /lwy_[A-Za-z0-9_-]{43}/) != nil)
        #expect(token.record.id.wholeMatch(of: /[0-9a-f]{12}/) != nil)
        #expect(
            try registry.tokens() == [
                TokenRecord(
                    id: token.record.id, name: "shop", scopes: [.predict, .read], createdAt: Self.now,
                    expiresAt: Self.later(60))
            ])
        try DatabaseQueue(path: folder / "registry.sqlite").read { db in
            let row = try #require(try Row.fetchOne(db, sql: "SELECT *, hex(sha256) AS digits FROM token"))
            #expect(row["digits"] == SHA256.hex(token.secret.utf8).uppercased())
            #expect(row["scopes"] == "predict read")
            #expect(row.databaseValues.allSatisfy { !"\($0)".contains(token.secret.dropFirst(4)) })
        }
        for name in try FileSystem.names(in: folder.path) {
            let bytes = try FileSystem.read(folder / name)
            #expect(bytes.firstRange(of: Array(token.secret.utf8)) == nil, "the secret stands in \(name)")
        }
    }

    @Test func `secrets and ids are never the same`() throws {
        let tokens = try (0..<50).map { try make("t\($0)") }
        #expect(Set(tokens.map(\.secret)).count == 50 && Set(tokens.map(\.record.id)).count == 50)
        #expect(try registry.tokens().map(\.name) == (0..<50).reversed().map { "t\($0)" })
    }

    @Test func `a name is given once among the active ones`() throws {
        let first = try make("a", expires: Self.later(10))
        let expected = LeewayError(
            .invalidSetting, "There is an active token 'a' already: \(first.record.id).",
            hint: "Choose another name, or revoke it first.")
        #expect(throws: expected) { try make("a") }
        let second = try make("a", at: Self.later(10))
        #expect(try registry.revokeToken("a", at: Self.later(11)).record.id == second.record.id)
        _ = try make("a", at: Self.later(12))
        #expect(
            try registry.tokens().map { $0.state(at: Self.later(13)) } == [.active, .revoked, .expired])
    }

    @Test(arguments: ["", "a b", "é", "a/b", String(repeating: "a", count: 101)])
    func `a name that is none`(name: String) {
        let expected = LeewayError(
            .invalidSetting, "A token's name must be 1 to 100 letters, digits, '-', '_' or '.'.")
        #expect(throws: expected) { try make(name) }
    }

    @Test func `no scope, and an expiry that is over`() throws {
        let noScope = LeewayError(
            .invalidSetting, "A token without a scope opens nothing.", hint: "Scopes: predict, feedback, read, admin.")
        #expect(throws: noScope) { try make("a", []) }
        let over = LeewayError(.invalidSetting, "The token would be expired from the beginning.")
        #expect(throws: over) { try make("a", expires: Self.now) }
        #expect(try registry.tokens() == [])
    }

    @Test func `revoked by name or id, once`() throws {
        let (one, two) = (try make("one").record, try make("two").record)
        let revoked = try registry.revokeToken("one", at: Self.later(5))
        #expect(revoked.isNew && revoked.record.revokedAt == Self.later(5) && revoked.record.id == one.id)
        #expect(try registry.tokens().last == revoked.record)
        let again = try registry.revokeToken(one.id, at: Self.later(9))
        #expect(!again.isNew && again.record == revoked.record)
        #expect(try registry.revokeToken(two.id, at: Self.later(9)).isNew)
    }

    @Test func `of several with a name the active one is revoked, then the newest`() throws {
        let old = try make("a", expires: Self.later(1)).record
        let active = try make("a", at: Self.later(2)).record
        #expect(try registry.revokeToken("a", at: Self.later(3)).record.id == active.id)
        #expect(try registry.revokeToken("a", at: Self.later(3)).record.id == old.id)
        #expect(try registry.revokeToken("a", at: Self.later(3)).isNew == false)
    }

    @Test func `a token that is not there`() throws {
        let none = LeewayError(.unknownToken, "There is no token 'shop'.", hint: "There is none at all.")
        #expect(throws: none) { try registry.revokeToken("shop", at: Self.now) }
        _ = try make("shop")
        _ = try make("till")
        let near = LeewayError(.unknownToken, "There is no token 'shpo'.", hint: "Did you mean 'shop'?")
        #expect(throws: near) { try registry.revokeToken("shpo", at: Self.now) }
        let far = LeewayError(.unknownToken, "There is no token 'x'.", hint: "There are: shop, till.")
        #expect(throws: far) { try registry.revokeToken("x", at: Self.now) }
    }

    @Test func `a time that can't be read is no expiry that never comes`() throws {
        _ = try make("a", expires: Self.later(1))
        try DatabaseQueue(path: folder / "registry.sqlite").write {
            try $0.execute(sql: "UPDATE token SET expires_at = 'never'")
        }
        let error = #expect(throws: LeewayError.self) { try registry.tokenVerifier() }
        #expect(error?.code == .damagedArtifact)
    }

    @Test func `a scope of a later version is none`() throws {
        _ = try make("a", [.read])
        try DatabaseQueue(path: folder / "registry.sqlite").write {
            try $0.execute(sql: "UPDATE token SET scopes = 'read everything'")
        }
        #expect(try registry.tokens().map(\.scopes) == [[.read]])
    }

    @Test func `the verifier knows the tokens of its moment`() throws {
        let early = try registry.tokenVerifier()
        #expect(early.isEmpty)
        let (one, two) = (try make("one", [.admin]), try make("two", expires: Self.later(60)))
        let verifier = try registry.tokenVerifier()
        #expect(early.verify(Array(one.secret.utf8), at: Self.now) == nil)
        #expect(verifier.verify(Array(one.secret.utf8), at: Self.now) == one.record)
        #expect(verifier.verify(Array(two.secret.utf8), at: Self.now) == two.record)
        _ = try registry.revokeToken("one", at: Self.now)
        let late = try registry.tokenVerifier()
        #expect(!late.isEmpty && late.verify(Array(one.secret.utf8), at: Self.now) == nil)
    }
}
