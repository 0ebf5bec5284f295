package import LeewayCore

/// Tells which token was presented, in a time that says nothing of the tokens that there are but their number.
package struct TokenVerifier: Sendable {
    /// How many bytes a digest has.
    private static let width = 32

    private let records: [TokenRecord]
    /// The digests one after another, in the order of the records.
    private let digests: [UInt8]

    /// Takes tokens with the SHA-256 of their secrets: 32 bytes each.
    package init(_ tokens: [(record: TokenRecord, sha256: [UInt8])] = []) {
        precondition(tokens.allSatisfy { $0.sha256.count == Self.width }, "A SHA-256 digest has 32 bytes.")
        records = tokens.map(\.record)
        digests = tokens.flatMap(\.sha256)
    }

    /// Whether no token was ever made; tokens that are expired or revoked are tokens.
    package var isEmpty: Bool { records.isEmpty }

    /// The token whose secret was presented; nil where it is unknown, expired or revoked.
    package func verify(_ presented: [UInt8], at time: Timestamp) -> TokenRecord? {
        let digest = SHA256.digest(presented)
        // The place of the match, from 1. Every byte of every digest is looked at, and nothing branches on what it is.
        var found = 0
        digests.withUnsafeBufferPointer { digests in
            digest.withUnsafeBufferPointer { digest in
                for place in 0..<records.count {
                    var difference: UInt8 = 0
                    for byte in 0..<Self.width { difference |= digests[place * Self.width + byte] ^ digest[byte] }
                    let isEqual = (Int(difference) - 1) >> (Int.bitWidth - 1)
                    found |= (place + 1) & isEqual
                }
            }
        }
        guard found > 0 else { return nil }
        let record = records[found - 1]
        return record.state(at: time) == .active ? record : nil
    }
}
