internal import LeewayCore

/// Where a solver stopped.
struct Minimum {
    var coefficients: [Double]
    var objective: Double
    var relativeGradient: Double
    var iterations: Int

    init(_ point: PenalisedLoss.Evaluation, relativeGradient: Double, iterations: Int) {
        coefficients = point.coefficients
        objective = point.objective
        self.relativeGradient = relativeGradient
        self.iterations = iterations
    }
}

/// When a solver may stop, in numbers that do not change with a column's units or the number of rows.
struct StoppingRule {
    /// How near the optimum a solver has to come.
    enum Goal {
        /// The relative gradient has to fall below a tolerance, and what is left to gain to nothing against f.
        case optimum(tolerance: Double)
        /// What is left to gain has to fall below a limit: enough for a sample, whose optimum is not the data's.
        case decrement(limit: Double)
    }

    /// How near is near enough.
    let goal: Goal
    /// The most steps.
    let maximumIterations: Int
    /// Σ wᵢ |xᵢⱼ|, or near it: what each gradient entry is measured against.
    let gradientScales: [Double]

    /// The largest of |gⱼ| over its scale.
    func relativeGradient(_ gradient: [Double]) -> Double {
        zip(gradient, gradientScales).reduce(0) { largest, entry in
            let ratio = abs(entry.0) / entry.1
            // A comparison with NaN is false; NaN has to come out.
            return ratio <= largest ? largest : ratio
        }
    }

    /// Whether the gradient is as small as wanted.
    func isFlat(_ relativeGradient: Double) -> Bool {
        guard case .optimum(let tolerance) = goal else { return true }
        return relativeGradient <= tolerance
    }

    /// Whether gᵀH⁻¹g, twice what a quadratic model can still gain, is nothing.
    ///
    /// Where classes separate and C is large the gradient fades long before the optimum; this does not.
    func isNegligible(decrement: Double, objective: Double) -> Bool {
        switch goal {
        case .optimum(let tolerance): decrement <= tolerance * tolerance * abs(objective)
        case .decrement(let limit): decrement <= limit
        }
    }

    /// Throws when the surrounding task was cancelled.
    func checkCancellation() throws(LeewayError) {
        if Task.isCancelled { throw LeewayError(.interrupted, "The fit was cancelled.") }
    }

    /// The error for a fit that ended above the tolerance.
    func notConverged(_ iterations: Int, _ relativeGradient: Double) -> LeewayError {
        LeewayError(
            .notConverged,
            "The regression stopped after \(iterations) iterations with a relative gradient of \(relativeGradient).",
            hint:
                "Lower inverseRegularization, standardise the numeric columns, or raise maximumIterations or tolerance."
        )
    }
}

/// Σ aᵢ bᵢ.
func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for (x, y) in zip(a, b) { sum += x * y }
    return sum
}
