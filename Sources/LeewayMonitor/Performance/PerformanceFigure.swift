package import LeewayLearn

/// One metric of a window, estimated or measured.
package struct PerformanceFigure: Sendable, Equatable, Codable {
    /// The metric's value.
    package let value: Double
    /// Where the value lies, with a confidence of 95 %.
    package let interval: ConfidenceInterval
    /// The standard deviation of the value.
    package let standardError: Double

    private enum CodingKeys: String, CodingKey {
        case value
        case interval
        case standardError = "standard_error"
    }

    package init(value: Double, interval: ConfidenceInterval, standardError: Double) {
        (self.value, self.interval, self.standardError) = (value, interval, standardError)
    }
}

/// What is known of one metric: a figure, or why there is none.
package enum PerformanceOutcome: Sendable, Equatable {
    case known(PerformanceFigure)
    case noEvidence(NoEvidence)

    /// The figure, where there is one.
    package var figure: PerformanceFigure? {
        if case .known(let figure) = self { figure } else { nil }
    }
}
