/// The rows of the reference and of the window in the same bins, whose order means nothing: categories, or groups of numbers.
///
/// - Missing: not among the counts.
/// - New categories: one bin, the last, in which the reference has no rows.
package struct BinnedSides: Sendable, Equatable {
    /// The reference's rows in each bin.
    package let reference: [Int]
    /// The window's rows in each bin.
    package let window: [Int]
    /// The reference's rows.
    package let referenceCount: Int
    /// The window's rows.
    package let windowCount: Int

    /// Takes the counts of both sides, none of them negative.
    package init(reference: [Int], window: [Int]) {
        precondition(reference.count == window.count, "Each bin has two counts.")
        (self.reference, self.window) = (reference, window)
        referenceCount = reference.reduce(0, +)
        windowCount = window.reduce(0, +)
    }
}
