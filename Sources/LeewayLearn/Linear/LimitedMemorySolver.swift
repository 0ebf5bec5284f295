internal import LeewayCore

/// L-BFGS: a quasi-Newton step from the last few changes of the gradient, for more coefficients than a Hessian has room.
///
/// Coefficients are scaled by the square root of the Hessian's diagonal at zero, so that rare and frequent categories
/// move alike.
///
/// - Source: Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 7.4 and 3.5; the acceptance of steps
///   that f can't judge for rounding is from Hager and Zhang, SIAM J. Optim. 16 (2005).
struct LimitedMemorySolver {
    let rule: StoppingRule
    /// How many changes are remembered.
    var memory = 20

    /// A step and the change of the gradient on it.
    private struct Change {
        let step: [Double]
        let gradient: [Double]
        let product: Double
    }

    /// Minimises f from a starting point.
    ///
    /// `diagonal` is the Hessian's diagonal, or near it. Throws `notConverged`, `interrupted`.
    func minimise(_ loss: PenalisedLoss, from start: [Double], diagonal: [Double]) throws(LeewayError) -> Minimum {
        var point = loss.evaluate(start, curvature: false)
        var changes: [Change] = []
        var iterations = 0
        var best = (slope: -Double.infinity, iteration: 0)
        while true {
            try rule.checkCancellation()
            let relative = rule.relativeGradient(point.gradient)
            guard point.objective.isFinite, relative.isFinite else { throw rule.notConverged(iterations, relative) }
            var direction = descent(point.gradient, changes, diagonal)
            var slope = dot(point.gradient, direction)
            if !(slope < 0) {
                changes = []
                direction = descent(point.gradient, changes, diagonal)
                slope = dot(point.gradient, direction)
            }
            if slope > 0.5 * best.slope { best = (slope, iterations) }
            if rule.isFlat(relative) {
                let isStuck = iterations > best.iteration + 2 * memory
                // The remembered changes know the curvature only roughly.
                let decrement = -100 * slope
                if slope == 0 || isStuck || rule.isNegligible(decrement: decrement, objective: point.objective) {
                    return Minimum(point, relativeGradient: relative, iterations: iterations)
                }
            }
            guard iterations < rule.maximumIterations else { throw rule.notConverged(iterations, relative) }
            let first = changes.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1
            guard let next = LineSearch(loss, from: point, along: direction, slope: slope).step(from: first) else {
                if rule.isFlat(relative) {
                    return Minimum(point, relativeGradient: relative, iterations: iterations)
                }
                // Old changes may mislead; without them the direction is the scaled gradient.
                guard !changes.isEmpty else { throw rule.notConverged(iterations, relative) }
                changes = []
                continue
            }
            iterations += 1
            let step = zip(next.coefficients, point.coefficients).map { $0 - $1 }
            let gradient = zip(next.gradient, point.gradient).map { $0 - $1 }
            let product = dot(step, gradient)
            if product > 0x1p-52 * dot(gradient, gradient).squareRoot() * dot(step, step).squareRoot() {
                if changes.count == memory { changes.removeFirst() }
                changes.append(Change(step: step, gradient: gradient, product: product))
            }
            point = next
        }
    }

    /// The direction -H⁻¹g by the two loops over the remembered changes.
    private func descent(_ gradient: [Double], _ changes: [Change], _ diagonal: [Double]) -> [Double] {
        var direction = gradient.map { -$0 }
        var shares: [Double] = []
        for change in changes.reversed() {
            let share = dot(change.step, direction) / change.product
            add(-share, change.gradient, to: &direction)
            shares.append(share)
        }
        var scale = 1.0
        if let last = changes.last {
            var squares = 0.0
            for place in diagonal.indices { squares += last.gradient[place] * last.gradient[place] / diagonal[place] }
            scale = last.product / squares
        }
        for place in diagonal.indices { direction[place] *= scale / diagonal[place] }
        for (change, share) in zip(changes, shares.reversed()) {
            add(share - dot(change.gradient, direction) / change.product, change.step, to: &direction)
        }
        return direction
    }

    private func add(_ factor: Double, _ change: [Double], to direction: inout [Double]) {
        for place in direction.indices { direction[place] += factor * change[place] }
    }
}
