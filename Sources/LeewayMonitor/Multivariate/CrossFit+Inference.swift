import LeewayLearn
import LeewayStats

extension CrossFit {
    /// The mean area of the judged folds.
    var area: Double { judged.reduce(0) { $0 + $1.area } / Double(judged.count) }

    /// How likely a sum of forward areas as large is where both sides have one distribution.
    ///
    /// Given its judge, a forward fold's standardised area has mean 0 and variance 1 then, so their sum is a martingale,
    /// whatever the judges are. A fold counts as the root of the number of folds that its judge has seen.
    var pValue: Double {
        var (sum, squares) = (0.0, 0.0)
        for (place, fold) in forward.enumerated() where fold.nullVariance > 0 {
            let weight = Double(place + 1).squareRoot()
            sum += weight * (fold.area - 0.5) / fold.nullVariance.squareRoot()
            squares += weight * weight
        }
        return squares > 0 ? NormalDistribution.upperTail(sum / squares.squareRoot()) : 1
    }

    /// Where the area that regressions like these have on other rows lies, with a confidence of 95 %; from one half up.
    ///
    /// The variance of a mean of k judged folds is that of its parts times 1 + (k − 1)(1 − r), r being the correlation of
    /// two judges: two of them share all but 1 of k − 1 folds, so (k − 1)(1 − r) is the share of a judge that is noise, and that
    /// much comes twice: a fold's noise that is in the judge of another finds the other's noise in its own.
    func interval(rows: Int) -> ConfidenceInterval {
        let count = Double(judged.count)
        let variance = judged.reduce(0) { $0 + $1.variance } / (count * count)
        let widening = 1 + min(max((count - 1) * (1 - agreement), 0), 1)
        let area = area
        // As many draws of a share as have this variance; where areas do not vary, one for each row of the smaller side.
        let spread = area * (1 - area)
        let draws = spread > 0 && variance > 0 ? spread / (variance * widening) : Double(rows)
        let z = NormalDistribution.quantile(0.975)
        let center = (area + z * z / (2 * draws)) / (1 + z * z / draws)
        let reach = z / (1 + z * z / draws) * (spread / draws + z * z / (4 * draws * draws)).squareRoot()
        // No evidence by the p-value is none here.
        let lower = pValue > 0.025 ? 0.5 : max(0.5, center - reach)
        return ConfidenceInterval(lower: lower, upper: max(lower, min(1, center + reach)))
    }
}
