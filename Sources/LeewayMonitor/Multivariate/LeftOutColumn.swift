/// A column that two tables can't be compared on, and why.
package struct LeftOutColumn: Sendable, Equatable, Codable {
    /// The column's name in the reference.
    package let column: String
    /// What speaks against it: `noColumn` or `wrongType`.
    package let reason: NoEvidence

    package init(_ column: String, _ reason: NoEvidence) {
        (self.column, self.reason) = (column, reason)
    }
}
