/// A distance of two normal distributions as a function of how far apart their means are, tabled once and read both ways.
///
/// - Between the knots: cubics with the function's values and slopes at both ends, which rise wherever it does.
struct ShiftCurve: Sendable {
    /// The distance at each knot; the shifts are evenly spaced from 0 to `ShiftScale.limit`.
    private let distances: [Double]
    /// What the distance would rise by to the next knot at the knot's slope.
    private let slopes: [Double]

    private static let knotsPerUnit = 16.0

    /// Tables the square root of a function that is even in the shift and 0 at 0.
    init(squareRootOf square: (Double) -> Double) {
        let last = Int(ShiftScale.limit * Self.knotsPerUnit)
        // Three knots more than are kept, for the slopes.
        let values = (0...last + 3).map { square(Double($0) / Self.knotsPerUnit).squareRoot() }
        func value(_ knot: Int) -> Double { knot < 0 ? -values[-knot] : values[knot] }
        distances = Array(values[...last])
        slopes = (0...last).map { knot in
            // Central differences of the sixth order; at 0 the curve is continued as an odd function.
            let (first, second, third) = (
                value(knot + 1) - value(knot - 1), value(knot + 2) - value(knot - 2), value(knot + 3) - value(knot - 3)
            )
            let slope = (45 * first - 9 * second + third) / 60
            // So steep at most that the cubics do not turn (Fritsch & Carlson, SIAM J. Numer. Anal. 17, 1980).
            let least = min(value(knot + 1) - value(knot), knot > 0 ? value(knot) - value(knot - 1) : .infinity)
            return max(0, min(slope, 3 * least))
        }
    }

    /// The distance at a shift of 0 … `ShiftScale.limit`.
    func distance(of shift: Double) -> Double {
        let knot = min(Int(shift * Self.knotsPerUnit), distances.count - 2)
        return distance(after: knot, by: shift * Self.knotsPerUnit - Double(knot))
    }

    /// The shift at which the curve has the distance; 0 below it, `ShiftScale.limit` above it.
    ///
    /// - Complexity: O(log knots).
    func shift(of distance: Double) -> Double {
        guard distance > 0 else { return 0 }
        guard let last = distances.last, distance < last else { return ShiftScale.limit }
        var (knot, end) = (0, distances.count - 1)
        while end - knot > 1 {
            let middle = (knot + end) / 2
            if distances[middle] <= distance { knot = middle } else { end = middle }
        }
        var (low, high) = (0.0, 1.0)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high, high - low > 1e-15 else { break }
            if self.distance(after: knot, by: middle) <= distance { low = middle } else { high = middle }
        }
        return (Double(knot) + low) / Self.knotsPerUnit
    }

    private func distance(after knot: Int, by part: Double) -> Double {
        let rise = distances[knot + 1] - distances[knot]
        let (bend, turn) = (slopes[knot] - rise, slopes[knot + 1] - rise)
        return distances[knot] + part * (rise + (1 - part) * ((1 - part) * bend - part * turn))
    }
}
