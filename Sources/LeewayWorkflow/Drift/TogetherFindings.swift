import LeewayCore
package import LeewayMonitor

/// What tests found that look at all columns together, on some rows of both sides.
package struct TogetherFindings: Sendable {
    package let classifier: DomainClassifier.Finding
    package let reconstruction: ReconstructionError.Finding
    /// In which rows the window differs; it has no say in the verdict.
    package let segments: SegmentTree.Finding

    /// Tests rows of the reference and of the window.
    ///
    /// - Throws: `malformedDataset`, `interrupted`.
    init(
        reference: [Dataset.Column], window: [Dataset.Column], seed: UInt64, threads: Int
    ) throws(LeewayError) {
        let (before, after) = (try Dataset(columns: reference), try Dataset(columns: window))
        classifier = try DomainClassifier(seed: seed, threads: threads).evaluate(reference: before, window: after)
        reconstruction = ReconstructionError(seed: seed).evaluate(reference: before, window: after)
        segments = SegmentTree(seed: seed).evaluate(reference: before, window: after)
    }

    /// What each test found, in the order of `DriftReport.together`.
    package var outcomes: [DriftOutcome] { [classifier.outcome, reconstruction.outcome] }
}
