/// A step along a direction that lowers f enough and flattens its slope (the strong Wolfe conditions).
///
/// f is convex, so a bracket is all there is to keep: the slope is negative at its low end and positive at its high end,
/// or f is too large there.
struct LineSearch {
    private let loss: PenalisedLoss
    private let start: PenalisedLoss.Evaluation
    private let direction: [Double]
    private let slope: Double

    /// Prepares a search from a point along a direction in which f falls with `slope`.
    init(_ loss: PenalisedLoss, from start: PenalisedLoss.Evaluation, along direction: [Double], slope: Double) {
        self.loss = loss
        self.start = start
        self.direction = direction
        self.slope = slope
    }

    /// The first good point, trying `first` at once; nil where rounding leaves none.
    func step(from first: Double) -> PenalisedLoss.Evaluation? {
        var (low, lowSlope, high, highSlope) = (0.0, slope, Double.infinity, 0.0)
        var step = first
        for _ in 0..<60 {
            let trial = point(at: step)
            let trialSlope = dot(trial.gradient, direction)
            let isLower =
                trial.objective <= start.objective + 1e-4 * step * slope
                // Near the optimum f can't tell two points apart but its slope can.
                || trial.objective <= start.objective + 1e-12 * abs(start.objective) && trialSlope <= -0.8 * slope
            if isLower, abs(trialSlope) <= -0.9 * slope { return trial }
            if isLower, trialSlope < 0 {
                (low, lowSlope) = (step, trialSlope)
            } else {
                (high, highSlope) = (step, trialSlope)
            }
            guard high.isFinite else {
                step *= 4
                continue
            }
            // The zero of the slope's secant, kept off the ends.
            let secant = low + (high - low) * lowSlope / (lowSlope - highSlope)
            let margin = 0.1 * (high - low)
            step = secant.isFinite ? min(max(secant, low + margin), high - margin) : low + 0.5 * (high - low)
            guard step > low, step < high else { return nil }
        }
        return nil
    }

    private func point(at step: Double) -> PenalisedLoss.Evaluation {
        loss.evaluate(zip(start.coefficients, direction).map { $0 + step * $1 }, curvature: false)
    }
}
