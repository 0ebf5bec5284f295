/// What the registry says of a token: neither its secret nor the digest of it.
package struct TokenRecord: Sendable, Equatable {
    /// Whether a token opens anything.
    package enum State: String, Sendable, Codable {
        case active
        case expired
        case revoked
    }

    /// What names it for ever: 12 hexadecimal digits.
    package let id: String
    /// What its maker calls it; no two active ones have the same name.
    package let name: String
    package let scopes: Set<TokenScope>
    package let createdAt: Timestamp
    /// The first moment at which it opens nothing; nil: never.
    package let expiresAt: Timestamp?
    /// Since when it opens nothing, whatever its expiry.
    package let revokedAt: Timestamp?

    package init(
        id: String, name: String, scopes: Set<TokenScope>, createdAt: Timestamp, expiresAt: Timestamp? = nil,
        revokedAt: Timestamp? = nil
    ) {
        (self.id, self.name, self.scopes) = (id, name, scopes)
        (self.createdAt, self.expiresAt, self.revokedAt) = (createdAt, expiresAt, revokedAt)
    }

    /// Its state at a moment; one that is revoked is so at every moment.
    package func state(at time: Timestamp) -> State {
        guard revokedAt == nil else { return .revoked }
        return expiresAt.map { $0 <= time } ?? false ? .expired : .active
    }

    /// The scopes in the order in which they are declared.
    package var orderedScopes: [TokenScope] { TokenScope.allCases.filter(scopes.contains) }
}

extension LeewayError.Code {
    /// No token has this name or id.
    package static let unknownToken = Self("unknown_token")
}
