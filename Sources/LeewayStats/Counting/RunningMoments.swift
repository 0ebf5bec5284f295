/// Mean and standard deviation of numbers that pass by, in constant memory.
///
/// - Units: those of the values; the deviation divides by n, and is 0 for one value and for equal ones.
/// - Missing: what is not finite is left out.
/// - Order: another order of the same values may differ in the last bits.
/// - Source: Welford, Technometrics 4 (1962).
package struct RunningMoments: Sendable, Equatable {
    package private(set) var count = 0
    private var center = 0.0
    private var squares = 0.0

    package init() {}

    /// Takes a value.
    package mutating func add(_ value: Double) {
        guard value.isFinite else { return }
        count += 1
        let deviation = value - center
        center += deviation / Double(count)
        squares += deviation * (value - center)
    }

    /// The mean; nil without values.
    package var mean: Double? { count > 0 ? center : nil }

    /// The standard deviation; nil without values.
    package var sd: Double? { count > 0 ? (squares / Double(count)).squareRoot() : nil }
}
