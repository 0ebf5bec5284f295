import LeewayCore

extension RankedScores {
    /// Refuses what no metric is defined on.
    static func validate(labels: [Bool], probabilities: [Double], threshold: Double) throws(LeewayError) {
        guard labels.count == probabilities.count else {
            throw LeewayError(
                .malformedDataset, "There are \(labels.count) labels but \(probabilities.count) probabilities.",
                hint: "Pass one of each a row.")
        }
        guard !labels.isEmpty else { throw LeewayError(.noUsableValues, "There are no rows to evaluate.") }
        guard labels.count <= Int(Int32.max) else {
            throw LeewayError(.invalidSetting, "More than \(Int32.max) rows can't be evaluated at once.")
        }
        guard (0...1).contains(threshold) else {
            throw LeewayError(.invalidSetting, "The threshold is not between 0 and 1.")
        }
        if let row = probabilities.firstIndex(where: { !(0...1).contains($0) }) {
            let count = probabilities.count { !(0...1).contains($0) }
            throw LeewayError(
                .invalidSetting,
                "\(count) of \(probabilities.count) probabilities are missing or not between 0 and 1, the first in row \(row).",
                hint: "Pass probabilities of the positive class, not scores or log odds.")
        }
    }
}
