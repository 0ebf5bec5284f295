/// A category and how many rows have it.
package struct CategoryCount: Sendable, Equatable, Codable {
    package let value: String
    package let count: Int

    package init(value: String, count: Int) { (self.value, self.count) = (value, count) }

    /// Commonest first; of two that are equally common, the smaller by its Unicode scalars.
    static func isCommoner(_ left: CategoryCount, _ right: CategoryCount) -> Bool {
        guard left.count == right.count else { return left.count > right.count }
        return left.value.unicodeScalars.lexicographicallyPrecedes(right.value.unicodeScalars)
    }
}
