/// A test of a numeric column: a small value, asked about both sides.
package protocol OrderedDriftTest: Sendable {
    /// Which test this is.
    static var method: DriftMethod { get }
    /// Holds the window against the reference; both have at least one row.
    ///
    /// - Complexity: O(cells).
    func evaluate(_ sides: OrderedSides) -> DriftResult
}

/// A test of bins without an order: of categories, or of groups of numbers.
package protocol BinnedDriftTest: Sendable {
    /// Which test this is.
    static var method: DriftMethod { get }
    /// Holds the window against the reference; both have at least one row.
    ///
    /// - Complexity: O(bins log bins).
    func evaluate(_ sides: BinnedSides) -> DriftResult
}
