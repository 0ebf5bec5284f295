import LeewayCore
import LeewayStore
import Synchronization

/// Holds requests against the tokens of the registry; without any token, everything is allowed.
final class AccessControl: Sendable {
    private let verifier: Mutex<TokenVerifier>
    private let now: @Sendable () -> Timestamp

    init(_ verifier: TokenVerifier, now: @escaping @Sendable () -> Timestamp) {
        self.verifier = Mutex(verifier)
        self.now = now
    }

    /// Whether a token is needed.
    var isClosed: Bool { verifier.withLock { !$0.isEmpty } }

    /// Takes over the tokens that there are now.
    func update(_ verifier: TokenVerifier) { self.verifier.withLock { $0 = verifier } }

    /// Checks an `Authorization` header, and gives the id of its token; nil where none is needed.
    ///
    /// - Throws: `unauthenticated`, `forbidden`.
    @discardableResult
    func check(_ header: String?, for scope: TokenScope) throws(LeewayError) -> String? {
        let verifier = verifier.withLock { $0 }
        guard !verifier.isEmpty else { return nil }
        guard let header else {
            throw LeewayError(
                .unauthenticated, "This needs a token.", hint: "Send it as 'Authorization: Bearer TOKEN'.")
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let token = verifier.verify(Array(parts[1].utf8), at: now())
        else {
            throw LeewayError(.unauthenticated, "The token is not known, expired or revoked.")
        }
        guard token.scopes.contains(scope) else {
            throw LeewayError(
                .forbidden, "The token does not allow this.", hint: "It needs the scope '\(scope.rawValue)'.")
        }
        return token.id
    }
}
