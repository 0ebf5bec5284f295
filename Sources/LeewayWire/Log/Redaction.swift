/// What of a column's values goes into the log.
package enum Redaction: String, Sendable, Codable, CaseIterable {
    /// A keyed hash, so that equal values can be told to be equal.
    case hash
    /// Nothing.
    case drop
}
