/// What a token allows; none of them brings another along.
package enum TokenScope: String, Sendable, Hashable, Codable, CaseIterable {
    /// To score rows.
    case predict
    /// To tell what came true.
    case feedback
    /// To look at versions, contracts, metrics and windows.
    case read
    /// To change what is served.
    case admin
}
