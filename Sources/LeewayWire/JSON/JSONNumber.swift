/// A number of a JSON document.
package struct JSONNumber: Sendable, Equatable {
    /// The double nearest to the decimal number, ties to even; never infinite, and -0 keeps its sign.
    package let value: Double
    /// Whether its text has neither fraction nor exponent.
    package let isInteger: Bool
    /// Where its text stands in the input.
    package let range: Range<Int>

    package init(value: Double, isInteger: Bool, range: Range<Int>) {
        (self.value, self.isInteger, self.range) = (value, isInteger, range)
    }

    /// Whether the value is a whole number, however it is written: 1e2 and 3.0 are.
    package var isWhole: Bool { value == value.rounded(.towardZero) }
}
