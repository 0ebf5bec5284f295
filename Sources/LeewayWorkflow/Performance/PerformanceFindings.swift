import LeewayLearn
package import LeewayMonitor

/// How a version performs on a window, beside how it performed on the rows that tested it.
package struct PerformanceFindings: Sendable, Equatable, Encodable {
    /// On the rows that tested the version.
    package let reference: PerformanceFigures
    /// On the window, without its labels.
    package let estimated: PerformanceFigures
    /// On the window's rows whose labels are known; nil where none are.
    package let realised: PerformanceFigures?

    package init(reference: PerformanceFigures, estimated: PerformanceFigures, realised: PerformanceFigures?) {
        (self.reference, self.estimated, self.realised) = (reference, estimated, realised)
    }

    /// Whether the estimate is below what was measured when the version was tested: in accuracy or AUC, by more than is
    /// tolerated and by more than chance.
    func isDrop(tolerance: Double) -> Bool {
        [BinaryMetric.accuracy, .rocAUC].contains { metric in
            guard let now = estimated[metric]?.figure, let before = reference[metric]?.figure else { return false }
            return now.value + tolerance < before.value && now.interval.upper < before.interval.lower
        }
    }
}
