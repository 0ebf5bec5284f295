extension ValueCounts {
    /// The arithmetic mean, nil without values: the exact sum divided by n, rounded at the end.
    ///
    /// - Constant column: that value, to the last bit.
    /// - Infinite values: the mean is ±∞, or NaN when both signs are there.
    package var mean: Double? {
        guard let largest = largestMagnitude else { return nil }
        // The sum of huge values overflows where their mean does not.
        let scale = largest > 0x1p960 && largest.isFinite ? 0x1p-64 : 1
        return scaledMean(by: scale) / scale
    }

    /// The standard deviation of the rows: √(Σ (x − mean)² / n); nil without values.
    ///
    /// - Units: those of the values. Constant column: exactly 0. Infinite values: NaN.
    /// - Source: numpy 2.4 `numpy.std`, ddof = 0, as scikit-learn's scaler.
    package var sd: Double? {
        guard let largest = largestMagnitude else { return nil }
        guard largest.isFinite else { return .nan }
        guard values.count > 1 else { return 0 }
        // A power of two costs no precision and keeps the squares from overflow and underflow.
        let exponent = Swift.min(Swift.max(Int(largest.exponent), -1_022), 1_022)
        let scale = Double(sign: .plus, exponent: -exponent, significand: 1)
        let mean = scaledMean(by: scale)
        var (squares, rest) = (ExactSum(), ExactSum())
        for (value, count) in zip(values, counts) {
            let deviation = value * scale - mean
            squares.add(deviation * deviation, count: count)
            rest.add(deviation, count: count)
        }
        // The mean itself was rounded; what it lacks is taken off the squares.
        let correction = rest.value * rest.value / Double(count)
        return ((squares.value - correction) / Double(count)).squareRoot() / scale
    }

    private var largestMagnitude: Double? {
        guard let min, let max else { return nil }
        return Swift.max(abs(min), abs(max))
    }

    private func scaledMean(by scale: Double) -> Double {
        var sum = ExactSum()
        for (value, count) in zip(values, counts) { sum.add(value * scale, count: count) }
        let mean = sum.value / Double(count)
        guard mean.isFinite else { return mean }
        // What the quotient lost, given back: the mean of 0.1, 0.1, 0.1 is 0.1.
        sum.add(-mean, count: count)
        return mean + sum.value / Double(count)
    }
}
