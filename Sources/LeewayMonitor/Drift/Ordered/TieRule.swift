/// What a p-value makes of rows with equal values.
package enum TieRule: String, Sendable, Codable {
    /// It counts the orders that the pooled values leave open, ties and all: right for columns of few values, too.
    case conditional
    /// It ignores them as scipy does: for comparison with it.
    case ignored
}
