import LeewayLearn
import LeewayStats

/// The errors of both sides' rows, summed up.
package struct ErrorPair {
    /// Mean and variance (ddof 1) of one side.
    package struct Moments {
        package let count: Double
        package let mean: Double
        package let variance: Double

        package init(_ errors: [Double]) {
            let count = Double(errors.count)
            let mean = errors.reduce(0, +) / count
            let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            (self.count, self.mean) = (count, mean)
            // Equal numbers have no variance, whatever rounding makes of it.
            let isConstant = errors.allSatisfy { $0 == errors[0] }
            variance = isConstant || count < 2 ? 0 : squares / (count - 1)
        }
    }

    package let reference: Moments
    package let window: Moments

    /// Takes the errors of both sides, at least two on each.
    package init(reference: [Double], window: [Double]) {
        (self.reference, self.window) = (Moments(reference), Moments(window))
    }

    /// The difference of the means: tested with the pooled variance, which both sides have where nothing moved.
    package var result: DriftResult {
        let difference = window.mean - reference.mean
        let freedom = reference.count + window.count - 2
        let pooled =
            ((reference.count - 1) * reference.variance + (window.count - 1) * window.variance) / freedom
        let error = (pooled * (1 / reference.count + 1 / window.count)).squareRoot()
        // What rounding makes of equal means is no difference.
        let isNone = abs(difference) <= 0x1p-40 * max(abs(window.mean), abs(reference.mean))
        let statistic = isNone ? 0 : error > 0 ? difference / error : difference > 0 ? Self.most : -Self.most
        let pValue = isNone ? 1 : 2 * StudentDistribution(degreesOfFreedom: freedom).upperTail(abs(statistic))
        let unit = reference.variance > 0 ? reference.variance.squareRoot() : 1
        let interval = welchInterval(difference)
        return DriftResult(
            method: .reconstructionError, statistic: statistic, pValue: pValue,
            distance: abs(difference) / unit, noise: error / unit * Self.meanSize,
            // No evidence by the p-value is none here.
            interval: ConfidenceInterval(
                lower: pValue > 0.05 ? 0 : interval.lower / unit, upper: interval.upper / unit))
    }

    /// A statistic that has no bound, as a number that can be written; its p-value is 0 but for a few degrees of freedom.
    private static let most = Double.greatestFiniteMagnitude
    /// The mean size of a standard normal number: √(2/π).
    private static let meanSize = 0.7978845608028654

    /// Where the size of the difference lies, with a confidence of 95 %.
    private func welchInterval(_ difference: Double) -> ConfidenceInterval {
        let (left, right) = (reference.variance / reference.count, window.variance / window.count)
        guard left + right > 0 else { return ConfidenceInterval(lower: abs(difference), upper: abs(difference)) }
        let freedom =
            (left + right) * (left + right)
            / (left * left / (reference.count - 1) + right * right / (window.count - 1))
        let reach =
            StudentDistribution(degreesOfFreedom: freedom).quantile(upperTail: 0.025) * (left + right).squareRoot()
        return ConfidenceInterval(lower: max(0, abs(difference) - reach), upper: abs(difference) + reach)
    }
}
