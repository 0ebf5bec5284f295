/// The three values that cut the sorted rows into four parts.
package struct Quartiles: Sendable, Equatable {
    /// A quarter of the way up.
    package let lower: Double
    /// Half of the way up.
    package let median: Double
    /// Three quarters of the way up.
    package let upper: Double
}
