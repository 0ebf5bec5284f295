package import LeewayLearn

extension DriftResult {
    /// The mean shift, in standard deviations of a normal column, that the distance beyond the noise amounts to.
    ///
    /// It lies in `shiftInterval`: near the largest distance that there is, the scale is so steep that taking off even a little
    /// noise would lead out of it.
    package var shift: Double {
        let interval = shiftInterval
        return min(max(ShiftScale.shift(of: excess, by: method), interval.lower), max(interval.lower, interval.upper))
    }

    /// The same of the interval's ends.
    package var shiftInterval: ConfidenceInterval {
        ConfidenceInterval(
            lower: ShiftScale.shift(of: interval.lower, by: method),
            upper: ShiftScale.shift(of: interval.upper, by: method))
    }
}
