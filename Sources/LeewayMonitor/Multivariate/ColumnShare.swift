/// How much of what tells two tables apart lies in one column.
package struct ColumnShare: Sendable, Equatable, Codable {
    /// The column's name.
    package let column: String
    /// Its share, 0 … 1.
    package let share: Double

    package init(_ column: String, _ share: Double) {
        (self.column, self.share) = (column, share)
    }
}
