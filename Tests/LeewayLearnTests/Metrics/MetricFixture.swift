import LeewayLearn

/// Rows that Swift and Python make alike, and the comparison of numbers that were summed in another order.
enum MetricFixture {
    /// The labels and probabilities of `count` rows.
    ///
    /// In numpy: `i = arange(n); p = ((i * 7919 + 13) % 1001) / 1000; y = ((i * 104729) % 997) / 997 < p`.
    static func grid(_ count: Int) -> (labels: [Bool], probabilities: [Double]) {
        let probabilities = (0..<count).map { Double(($0 * 7_919 + 13) % 1_001) / 1_000 }
        let labels = (0..<count).map { Double($0 * 104_729 % 997) / 997 < probabilities[$0] }
        return (labels, probabilities)
    }

    static func evaluate(_ labels: [Int], _ probabilities: [Double], threshold: Double = 0.5) throws -> BinaryMetrics {
        try BinaryEvaluation.evaluate(
            labels: labels.map { $0 == 1 }, probabilities: probabilities, threshold: threshold
        ).metrics
    }

    static func matrix(_ tn: Int, _ fp: Int, _ fn: Int, _ tp: Int) -> ConfusionMatrix {
        ConfusionMatrix(trueNegatives: tn, falsePositives: fp, falseNegatives: fn, truePositives: tp)
    }

    /// True when every metric is within 1e-13 of what is expected, relative to 1; those not named must be as they are.
    static func isClose(_ metrics: BinaryMetrics, _ expected: [BinaryMetric: Double]) -> Bool {
        expected.allSatisfy { metric, value in metrics[metric].map { abs($0 - value) < 1e-13 } ?? false }
    }
}
