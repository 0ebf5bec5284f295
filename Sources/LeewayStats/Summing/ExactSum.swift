/// A sum of Doubles without rounding until it is read: the order of the terms does not matter.
///
/// - Infinite or NaN terms: the result follows IEEE (∞ − ∞ is NaN).
/// - Overflow: a partial sum beyond the largest Double counts as infinite.
/// - Source: Shewchuk, Discrete & Computational Geometry 18 (1997); the rounding is that of CPython's `math.fsum`.
package struct ExactSum: Sendable {
    /// The running sum in twice the precision, which is enough for nearly all terms.
    private var (high, low) = (0.0, 0.0)
    /// What did not fit: parts that do not overlap, smallest first.
    private var parts: [Double] = []
    /// The sum of the terms that are not finite.
    private var special = 0.0

    package init() {}

    /// Adds one term.
    package mutating func add(_ term: Double) {
        let (sum, error) = Self.sum(high, term)
        guard sum.isFinite else {
            special += term.isFinite ? sum : term
            return
        }
        high = sum
        let (carry, lost) = Self.sum(low, error)
        low = carry
        if lost != 0 { Self.add(lost, to: &parts) }
    }

    /// Adds `term` `count` times: the product is split into its rounded value and its error.
    package mutating func add(_ term: Double, count: Int) {
        guard count != 1 else { return add(term) }
        let product = term * Double(count)
        add(product)
        if product.isFinite { add((-product).addingProduct(term, Double(count))) }
    }

    /// The sum, rounded once, to even; 0 without terms.
    package var value: Double {
        guard special == 0 else { return special }
        var parts = parts
        Self.add(low, to: &parts)
        Self.add(high, to: &parts)
        return Self.rounded(parts)
    }

    /// Two terms as their rounded sum and what the rounding lost.
    private static func sum(_ left: Double, _ right: Double) -> (sum: Double, error: Double) {
        let sum = left + right
        let part = sum - left
        return (sum, (left - (sum - part)) + (right - part))
    }

    /// Adds a term to parts that do not overlap and keeps them so.
    private static func add(_ term: Double, to parts: inout [Double]) {
        var carry = term
        var kept = 0
        for part in parts {
            let (sum, error) = sum(carry, part)
            if error != 0 {
                parts[kept] = error
                kept += 1
            }
            carry = sum
        }
        parts.removeSubrange(kept...)
        parts.append(carry)
    }

    private static func rounded(_ parts: [Double]) -> Double {
        var index = parts.count - 1
        var high = parts[index]
        var low = 0.0
        while index > 0, low == 0 {
            index -= 1
            (high, low) = sum(high, parts[index])
        }
        // A tie is not a tie when a smaller part of the same sign is left.
        if index > 0, low != 0, (low < 0) == (parts[index - 1] < 0) {
            let doubled = low * 2
            let sum = high + doubled
            if doubled == sum - high { high = sum }
        }
        return high
    }
}
