internal import LeewayCore

/// Newton's method with step halving: β ← β - t H⁻¹ g.
///
/// Once a step has cut the gradient so far that the Hessian hardly moves any more, the factor is kept and the next
/// passes compute gradients alone; should such a step cut the gradient less than tenfold, the Hessian is made anew.
struct NewtonSolver {
    let rule: StoppingRule
    /// Below this relative gradient a factor is kept.
    var reuseBelow = 1e-3

    /// Minimises f from a starting point.
    ///
    /// - Throws: `notConverged`, `interrupted`.
    func minimise(_ loss: PenalisedLoss, from start: [Double], floors: [Double]) throws(LeewayError) -> Minimum {
        let factor = CholeskyFactor(order: loss.count, stride: loss.stride)
        var point = loss.evaluate(start, curvature: true)
        var relative = rule.relativeGradient(point.gradient)
        var hasHessian = true
        var iterations = 0
        var extraSteps = 0
        while true {
            try rule.checkCancellation()
            guard point.objective.isFinite, relative.isFinite else { throw rule.notConverged(iterations, relative) }
            if hasHessian {
                loss.writeHessian(to: factor.lowerTriangle)
                floors.withUnsafeBufferPointer { floors in
                    if let base = floors.baseAddress { factor.factorize(floors: base) }
                }
            }
            var direction = point.gradient
            direction.withUnsafeMutableBufferPointer { buffer in
                if let base = buffer.baseAddress { factor.solve(base) }
            }
            let decrement = dot(point.gradient, direction)
            if relative <= rule.tolerance {
                let isDone = rule.isNegligible(decrement: decrement, objective: point.objective)
                // Rounding may keep the decrement up where the gradient is as small as it gets.
                if isDone || extraSteps == 10 {
                    return Minimum(
                        coefficients: point.coefficients, objective: point.objective, relativeGradient: relative,
                        iterations: iterations)
                }
                extraSteps += 1
            }
            guard iterations < rule.maximumIterations, decrement.isFinite else {
                throw rule.notConverged(iterations, relative)
            }
            let wantsHessian = relative > reuseBelow
            guard let next = search(loss, point, direction, decrement, curvature: wantsHessian) else {
                if relative <= rule.tolerance {
                    extraSteps = 10
                    continue
                }
                throw rule.notConverged(iterations, relative)
            }
            iterations += 1; print("it", loss.count, next.objective, rule.relativeGradient(next.gradient), "decrement", decrement, "hess", wantsHessian)
            let nextRelative = rule.relativeGradient(next.gradient)
            point = next
            hasHessian = wantsHessian
            if !wantsHessian, nextRelative > 0.1 * relative, nextRelative > rule.tolerance {
                _ = loss.evaluate(point.coefficients, curvature: true)
                hasHessian = true
            }
            relative = nextRelative
        }
    }

    /// The first of the steps 1, ½, ¼ … that lowers f enough.
    private func search(
        _ loss: PenalisedLoss, _ point: PenalisedLoss.Evaluation, _ direction: [Double], _ decrement: Double,
        curvature: Bool
    ) -> PenalisedLoss.Evaluation? {
        var step = 1.0
        for _ in 0..<60 {
            let trial = zip(point.coefficients, direction).map { $0 - step * $1 }
            let next = loss.evaluate(trial, curvature: curvature)
            if next.objective <= point.objective - 1e-4 * step * decrement { return next }
            // Near the optimum f can't tell two points apart but the gradient can.
            let isFlat = abs(next.objective - point.objective) <= 1e-12 * abs(point.objective)
            if isFlat, rule.relativeGradient(next.gradient) < rule.relativeGradient(point.gradient) { return next }
            step /= 2
        }
        return nil
    }
}
