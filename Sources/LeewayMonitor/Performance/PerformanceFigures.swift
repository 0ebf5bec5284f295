package import LeewayLearn

/// The metrics of one window, each a figure or the reason why there is none.
package struct PerformanceFigures: Sendable, Equatable {
    /// The rows that they are of.
    package let rows: Int
    private let outcomes: [BinaryMetric: PerformanceOutcome]

    init(rows: Int, outcomes: [BinaryMetric: PerformanceOutcome]) {
        (self.rows, self.outcomes) = (rows, outcomes)
    }

    /// The same reason for every metric.
    init(without reason: NoEvidence, of metrics: [BinaryMetric], rows: Int = 0) {
        self.rows = rows
        outcomes = Dictionary(uniqueKeysWithValues: metrics.map { ($0, .noEvidence(reason)) })
    }

    /// What is known of a metric; nil for one that is not among them.
    package subscript(_ metric: BinaryMetric) -> PerformanceOutcome? { outcomes[metric] }

    /// The metrics, in the order of `BinaryMetric`.
    package var metrics: [BinaryMetric] { BinaryMetric.allCases.filter { outcomes[$0] != nil } }
}

extension PerformanceFigures: Codable {
    private enum CodingKeys: String, CodingKey {
        case rows
        case metrics
    }

    private enum OutcomeKeys: String, CodingKey {
        case noEvidence = "no_evidence"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rows = try container.decode(Int.self, forKey: .rows)
        let nested = try container.nestedContainer(keyedBy: BinaryMetric.self, forKey: .metrics)
        var outcomes: [BinaryMetric: PerformanceOutcome] = [:]
        for metric in nested.allKeys {
            let reason = try nested.nestedContainer(keyedBy: OutcomeKeys.self, forKey: metric)
                .decodeIfPresent(NoEvidence.self, forKey: .noEvidence)
            outcomes[metric] =
                if let reason { .noEvidence(reason) } else {
                    .known(try nested.decode(PerformanceFigure.self, forKey: metric))
                }
        }
        self.outcomes = outcomes
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rows, forKey: .rows)
        var nested = container.nestedContainer(keyedBy: BinaryMetric.self, forKey: .metrics)
        for metric in metrics {
            switch outcomes[metric] {
            case .known(let figure): try nested.encode(figure, forKey: metric)
            case .noEvidence(let reason):
                var reasons = nested.nestedContainer(keyedBy: OutcomeKeys.self, forKey: metric)
                try reasons.encode(reason, forKey: .noEvidence)
            case nil: break
            }
        }
    }
}
