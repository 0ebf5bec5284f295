import LeewayLearn

extension DriftResult {
    /// The result of a test whose distance is the root of a divergence, and at most `largest`.
    ///
    /// The statistic is the distance where none is given.
    init(
        root measured: MeasuredDivergence, largest: Double, by method: DriftMethod, statistic: Double? = nil,
        pValue: Double
    ) {
        let distance = min(measured.value.squareRoot(), largest)
        self.init(
            method: method, statistic: statistic ?? distance, pValue: pValue, distance: distance,
            noise: min(measured.noise.squareRoot(), largest),
            interval: ConfidenceInterval(
                lower: min(measured.lower.squareRoot(), distance),
                upper: max(distance, min(measured.upper.squareRoot(), largest))))
    }
}
