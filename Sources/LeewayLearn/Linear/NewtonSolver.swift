internal import LeewayCore

/// Newton's method with step halving: β ← β - t H⁻¹ g.
///
/// A Hessian costs more than a gradient, so near the optimum the last factor is kept: see `canKeepFactor`.
struct NewtonSolver {
    let rule: StoppingRule

    /// Minimises f from a starting point.
    ///
    /// Exact arithmetic leaves each pivot of the Hessian at least `floors`. Throws `notConverged`, `interrupted`.
    func minimise(_ loss: PenalisedLoss, from start: [Double], floors: [Double]) throws(LeewayError) -> Minimum {
        let factor = CholeskyFactor(order: loss.count, stride: loss.stride)
        var point = loss.evaluate(start, curvature: true)
        var relative = rule.relativeGradient(point.gradient)
        var (hasHessian, contraction) = (true, 1.0)
        var iterations = 0
        var lastDecrement = Double.infinity
        while true {
            try rule.checkCancellation()
            guard point.objective.isFinite, relative.isFinite else { throw rule.notConverged(iterations, relative) }
            if hasHessian {
                loss.writeHessian(to: factor.lowerTriangle)
                factor.factorize(floors: floors)
            }
            let direction = factor.solve(point.gradient)
            let decrement = dot(point.gradient, direction)
            if rule.isFlat(relative) {
                if rule.isNegligible(decrement: decrement, objective: point.objective) {
                    // The step is at hand and too short to need a look at where it leads.
                    for place in direction.indices { point.coefficients[place] -= direction[place] }
                    return Minimum(point, relativeGradient: relative, iterations: iterations)
                }
                // Rounding may keep the decrement up where the gradient is as small as it gets.
                let isRounding = decrement < 1e-11 * abs(point.objective) && decrement > 0.5 * lastDecrement
                if isRounding || iterations == rule.maximumIterations {
                    return Minimum(point, relativeGradient: relative, iterations: iterations)
                }
            }
            lastDecrement = decrement
            guard iterations < rule.maximumIterations, decrement.isFinite else {
                throw rule.notConverged(iterations, relative)
            }
            hasHessian = !canKeepFactor(relative, contraction, isFresh: hasHessian)
            guard let next = search(loss, point, direction, decrement, curvature: hasHessian) else {
                guard rule.isFlat(relative) else { throw rule.notConverged(iterations, relative) }
                return Minimum(point, relativeGradient: relative, iterations: iterations)
            }
            iterations += 1
            point = next
            contraction = rule.relativeGradient(point.gradient) / relative
            relative *= contraction
        }
    }

    /// Whether the factor at hand will do for the steps that are left, so that the next passes need no Hessian.
    ///
    /// A Newton step that cut the gradient to a share c found a Hessian that had changed by about c on its way. The next
    /// way is shorter by c, so each step with the factor at hand cuts the gradient to a share c²; three are worth it.
    /// That holds where convergence is quadratic: for a c well below 1.
    private func canKeepFactor(_ relative: Double, _ contraction: Double, isFresh: Bool) -> Bool {
        guard contraction < 0.1, case .optimum(let tolerance) = rule.goal else { return false }
        let share = contraction * contraction
        return !isFresh || relative * share * share * share < tolerance
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
