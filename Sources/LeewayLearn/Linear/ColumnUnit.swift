/// Centre and scale that bring a column near mean 0 and mean square 1.
///
/// A free intercept makes centring exact, and a penalty in the column's own units makes scaling so: both only spare
/// digits. A column that is near already is not centred.
///
/// - Constant column: centred on its value, so that it becomes zeros.
struct ColumnUnit {
    /// What is subtracted.
    let center: Double
    /// What the rest is divided by: a power of two, so that no digit is lost.
    let scale: Double

    /// The unit of these numbers.
    init(of values: [Double]) {
        (center, scale) = values.withUnsafeBufferPointer { values in
            guard let first = values.first else { return (0, 1) }
            let magnitudes = Self.combine(
                values, padding: first, { $0.replacing(with: $1, where: $0 .< $1) }, term: { Logistic.magnitude($0) })
            let spread = Self.combine(values, padding: first, { $0 + $1 }, term: { Logistic.magnitude($0 - first) })
            guard spread.sum() > 0 else { return (first, 1) }
            // Shrinking first keeps the sums of the largest numbers finite.
            let unit = Self.powerOfTwo(near: magnitudes.max())
            let shrink = 1 / unit
            let count = Double(values.count)
            let mean = Self.combine(values, padding: 0, { $0 + $1 }, term: { $0 * shrink }).sum() / count
            let squares = Self.combine(
                values, padding: mean * unit, { $0 + $1 }, term: { ($0 * shrink - mean) * ($0 * shrink - mean) })
            let deviation = (squares.sum() / count).squareRoot()
            guard deviation.isNormal else { return (first, unit) }
            return (abs(mean) > deviation ? mean * unit : 0, Self.powerOfTwo(near: deviation * unit))
        }
    }

    /// Combines the terms of all numbers, eight at a time, the last ones padded to eight.
    @inline(__always)
    private static func combine(
        _ values: UnsafeBufferPointer<Double>, padding: Double, _ combine: (Lanes, Lanes) -> Lanes,
        term: (Lanes) -> Lanes
    ) -> Lanes {
        guard let base = values.baseAddress else { return Lanes() }
        var result = Lanes()
        let whole = values.count / Lanes.scalarCount * Lanes.scalarCount
        var place = 0
        while place < whole {
            result = combine(result, term(base.lanes(at: place)))
            place &+= Lanes.scalarCount
        }
        var rest = Lanes(repeating: padding)
        for place in whole..<values.count { rest[place - whole] = values[place] }
        return combine(result, term(rest))
    }

    /// The largest power of two that is not above a positive number, of a size whose square is a normal number.
    private static func powerOfTwo(near value: Double) -> Double {
        let exponent = min(max(value.exponent, -500), 500)
        return Double(sign: .plus, exponent: exponent, significand: 1)
    }
}
