package import LeewayLearn

/// How a challenger stood the gate.
package struct GateReport: Sendable, Equatable, Codable {
    /// One condition and what came of it.
    package struct Criterion: Sendable, Equatable, Codable {
        package enum Name: String, Sendable, Codable, CaseIterable {
            case oldTest = "old_test"
            case window
            case floor
            case slices
            case calibration
            case latency
            case contract
            case sandbox
        }

        package enum Outcome: String, Sendable, Codable {
            case passed
            case failed
            /// There was nothing to judge by.
            case notJudged = "not_judged"
        }

        package let name: Name
        package let outcome: Outcome
        /// A sentence.
        package let reason: String

        package init(_ name: Name, _ outcome: Outcome, _ reason: String) {
            (self.name, self.outcome, self.reason) = (name, outcome, reason)
        }
    }

    /// Both models on the same rows.
    package struct Side: Sendable, Equatable, Codable {
        package let rows: Int
        package let comparison: PairedComparison?
        package let champion: BinaryMetrics?
        package let challenger: BinaryMetrics?
    }

    /// In the order of `Criterion.Name`.
    package let criteria: [Criterion]
    package let oldTest: Side?
    package let window: Side?
    package let calibration: CalibrationComparison?
    package let latency: GateEvidence.Latency?

    private enum CodingKeys: String, CodingKey {
        case criteria
        case oldTest = "old_test"
        case window
        case calibration
        case latency
    }

    package init(
        criteria: [Criterion], oldTest: Side?, window: Side?, calibration: CalibrationComparison?,
        latency: GateEvidence.Latency?
    ) {
        (self.criteria, self.oldTest, self.window) = (criteria, oldTest, window)
        (self.calibration, self.latency) = (calibration, latency)
    }

    /// Whether nothing is against the challenger.
    package var isPassed: Bool { criteria.allSatisfy { $0.outcome != .failed } }

    /// Why it did not pass, in the words of the criteria; empty where it did.
    package var failures: [Criterion] { criteria.filter { $0.outcome == .failed } }
}
