import Foundation
import LeewayLearn
import LeewayMonitor
import LeewayStats

/// Rows with score, decision and label, for tests of performance.
struct PerformanceFixture {
    var scores: [Double] = []
    var decisions: [Bool] = []
    var labels: [Bool] = []

    /// 2,000 rows without a random number: s = ((7919 k mod 2000) + 0.5) / 2000, y = (104729 k mod 2003) / 2003 <
    /// 0.9 s^1.5 + 0.03, decided at 0.5.
    static let grid: PerformanceFixture = {
        var rows = PerformanceFixture()
        for k in 0..<2_000 {
            let score = (Double(k * 7_919 % 2_000) + 0.5) / 2_000
            let isPositive = Double(k * 104_729 % 2_003) / 2_003 < score * score.squareRoot() * 0.9 + 0.03
            rows.add(score, isPositive)
        }
        return rows
    }()

    mutating func add(_ score: Double, _ label: Bool, threshold: Double = 0.5) {
        scores.append(score)
        decisions.append(score >= threshold)
        labels.append(label)
    }

    /// Rows whose log-odds are drawn about a mean; `share` is the probability of a positive row of some score.
    static func drawn(
        _ count: Int, mean: Double = -0.5, _ generator: inout SeededGenerator, _ share: (Double) -> Double
    ) -> PerformanceFixture {
        var rows = PerformanceFixture()
        for _ in 0..<count {
            // Box and Muller's; 1 - u is never 0.
            let radius = (-2 * log(1 - uniform(&generator))).squareRoot()
            let normal = radius * cos(2 * .pi * uniform(&generator))
            let score = 1 / (1 + exp(-mean - 1.8 * normal))
            rows.add(score, uniform(&generator) < share(score))
        }
        return rows
    }

    static func uniform(_ generator: inout SeededGenerator) -> Double { Double(generator.next() >> 11) * 0x1p-53 }

    var window: DecidedRows {
        get throws { try DecidedRows(scores: scores, decisions: decisions) }
    }

    var realised: PerformanceFigures {
        get throws { try RealisedPerformance.evaluate(scores: scores, decisions: decisions, labels: labels) }
    }

    /// A calibrator that changes nothing and is as good as certain.
    static func certain() throws -> Calibrator? {
        let scores = (0...100).map { Double($0) / 100 }
        return Calibrator(
            .identity,
            ScoredRows(
                scores: scores, rows: scores.map { _ in 1_000_000_000 },
                positives: scores.map { Int($0 * 1_000_000_000) }))
    }
}

extension PerformanceFigures {
    func value(_ metric: BinaryMetric) -> Double { self[metric]?.figure?.value ?? .nan }
    func error(_ metric: BinaryMetric) -> Double { self[metric]?.figure?.standardError ?? .nan }
    func reason(_ metric: BinaryMetric) -> NoEvidence? {
        if case .noEvidence(let reason) = self[metric] { reason } else { nil }
    }
}
