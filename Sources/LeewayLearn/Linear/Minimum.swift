internal import LeewayCore

/// Where a solver stopped.
struct Minimum {
    var coefficients: [Double]
    var objective: Double
    var relativeGradient: Double
    var iterations: Int
}

/// When a solver may stop, in numbers that do not change with a column's units or the number of rows.
struct StoppingRule {
    /// What the relative gradient has to fall below.
    let tolerance: Double
    /// The most steps.
    let maximumIterations: Int
    /// C Σ wᵢ |xᵢⱼ|, or near it: what each gradient entry is measured against.
    let gradientScales: [Double]

    /// The largest of |gⱼ| over its scale.
    func relativeGradient(_ gradient: [Double]) -> Double {
        zip(gradient, gradientScales).reduce(0) { largest, entry in
            let ratio = abs(entry.0) / entry.1
            // A comparison with NaN is false; NaN has to come out.
            return ratio <= largest ? largest : ratio
        }
    }

    /// Whether gᵀH⁻¹g, twice what a quadratic model can still gain, is nothing against f.
    ///
    /// Where classes separate and C is large the gradient fades long before the optimum; this does not.
    func isNegligible(decrement: Double, objective: Double) -> Bool {
        decrement <= 1e-4 * tolerance * abs(objective)
    }

    /// Throws when the surrounding task was cancelled.
    func checkCancellation() throws(LeewayError) {
        if Task.isCancelled { throw LeewayError(.interrupted, "The fit was cancelled.") }
    }

    /// The error for a fit that ended above the tolerance.
    func notConverged(_ iterations: Int, _ relativeGradient: Double) -> LeewayError {
        LeewayError(
            .notConverged,
            "The regression stopped after \(iterations) iterations with a relative gradient of \(relativeGradient), above the tolerance of \(tolerance).",
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
