extension ValueCounts {
    /// The value at `share` (0 … 1) of the way from the smallest row to the largest; nil without values.
    ///
    /// - Source: numpy 2.4 `numpy.quantile`, `method="linear"` (Hyndman & Fan's type 7), to the last bit.
    /// - Complexity: O(distinct values).
    package func quantile(_ share: Double) -> Double? {
        precondition((0...1).contains(share), "A share must lie in 0…1.")
        guard !values.isEmpty else { return nil }
        let place = Double(count - 1) * share
        let row = Int(place)
        let part = place - Double(row)
        let (below, above) = neighbours(ofRow: row)
        guard part > 0, below != above else { return below }
        let step = above - below
        // The row that is nearer is the one that is corrected, so that the result never leaves the two.
        return part < 0.5 ? below + step * part : above - step * (1 - part)
    }

    /// The quartiles, linear as `quantile`; nil without values.
    package var quartiles: Quartiles? {
        guard let lower = quantile(0.25), let median = quantile(0.5), let upper = quantile(0.75) else { return nil }
        return Quartiles(lower: lower, median: median, upper: upper)
    }

    /// The value of sorted row `row` and of the one after it (of itself, if it is the last).
    private func neighbours(ofRow row: Int) -> (Double, Double) {
        var rowsAbove = 0
        for index in values.indices {
            rowsAbove += counts[index]
            guard row < rowsAbove else { continue }
            let isLastOfValue = row + 1 == rowsAbove && index + 1 < values.count
            return (values[index], values[isLastOfValue ? index + 1 : index])
        }
        preconditionFailure("Row \(row) is not one of \(count).")
    }
}
