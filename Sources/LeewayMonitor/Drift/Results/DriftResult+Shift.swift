package import LeewayLearn

extension DriftResult {
    /// The mean shift, in standard deviations of a normal column, that the distance beyond the noise amounts to.
    package var shift: Double { ShiftScale.shift(of: excess, by: method) }

    /// The same of the interval's ends.
    package var shiftInterval: ConfidenceInterval {
        ConfidenceInterval(
            lower: ShiftScale.shift(of: interval.lower, by: method),
            upper: ShiftScale.shift(of: interval.upper, by: method))
    }
}
