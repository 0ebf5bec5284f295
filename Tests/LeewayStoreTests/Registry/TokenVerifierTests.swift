import LeewayCore
import Testing

@testable import LeewayStore

@Suite struct TokenVerifierTests {
    private static let now = Timestamp(milliseconds: 1_000_000)
    private static let before = Timestamp(milliseconds: 999_999)

    private static func token(
        _ name: String, expires: Timestamp? = nil, revoked: Timestamp? = nil
    ) -> (record: TokenRecord, sha256: [UInt8]) {
        let record = TokenRecord(
            id: name, name: name, scopes: [.predict], createdAt: Timestamp(milliseconds: 0), expiresAt: expires,
            revokedAt: revoked)
        return (record, SHA256.digest(Array("secret of \(name)".utf8)))
    }

    private static func verify(_ verifier: TokenVerifier, _ secret: String, at time: Timestamp = now) -> String? {
        verifier.verify(Array(secret.utf8), at: time)?.name
    }

    @Test func `each secret is that of its own token`() {
        let names = (0..<300).map { "t\($0)" }
        let verifier = TokenVerifier(names.map { Self.token($0) })
        for name in names { #expect(Self.verify(verifier, "secret of \(name)") == name) }
    }

    @Test(arguments: ["", "secret of", "secret of b", "secret of a ", "Secret of a", "a", "\0"])
    func `any other secret is that of none`(secret: String) {
        #expect(Self.verify(TokenVerifier([Self.token("a")]), secret) == nil)
        #expect(Self.verify(TokenVerifier(), secret) == nil)
    }

    @Test func `a digest is no secret`() {
        let token = Self.token("a")
        #expect(TokenVerifier([token]).verify(token.sha256, at: Self.now) == nil)
        #expect(Self.verify(TokenVerifier([token]), SHA256.hex("secret of a".utf8)) == nil)
    }

    /// One bit anywhere makes it another token.
    @Test func `every bit of the digest counts`() {
        let (record, digest) = Self.token("a")
        for bit in 0..<256 {
            var other = digest
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(Self.verify(TokenVerifier([(record, other)]), "secret of a") == nil)
        }
    }

    @Test func `expired from the moment of its expiry on`() {
        let verifier = TokenVerifier([Self.token("a", expires: Self.now)])
        #expect(Self.verify(verifier, "secret of a", at: Self.before) == "a")
        #expect(Self.verify(verifier, "secret of a", at: Self.now) == nil)
    }

    @Test func `revoked at every moment, whatever the clock says`() {
        let verifier = TokenVerifier([Self.token("a", revoked: Self.now), Self.token("b")])
        #expect(Self.verify(verifier, "secret of a", at: Self.before) == nil)
        #expect(Self.verify(verifier, "secret of b") == "b")
    }

    @Test func `tokens that open nothing are tokens all the same`() {
        #expect(TokenVerifier().isEmpty)
        #expect(!TokenVerifier([Self.token("a", revoked: Self.before)]).isEmpty)
    }

    // Oracle: Python 3, base64.urlsafe_b64encode(bytes).rstrip(b"=").
    @Test(
        arguments: [
            ([], ""), ([0xFB], "-w"), ([0xFF, 0xEF], "_-8"), ([1, 2, 3], "AQID"), ([0xFB, 0xEF, 0xBE, 0xFF], "----_w"),
        ] as [([UInt8], String)])
    func `base64url`(bytes: [UInt8], text: String) { #expect(TokenSecret.base64URL(bytes) == text) }

    @Test func `a secret holds 256 bits of the generator`() {
        struct Ones: RandomNumberGenerator { mutating func next() -> UInt64 { .max } }
        var generator = Ones()
        #expect(TokenSecret.make(using: &generator) == "lwy_" + String(repeating: "_", count: 42) + "8")
    }
}
