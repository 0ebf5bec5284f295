package import LeewayCore
import LeewayMonitor
import LeewayStore

extension DriftRun {
    /// Compares what a server answered in some hours with the training data of the version that answered, from counts alone.
    ///
    /// - Throws: `damagedArtifact` for a version without reference counts; `registryFailed`.
    package func compare(hours: Range<Int>, with bundle: ModelBundle, in project: Project) throws(LeewayError)
        -> DriftFindings
    {
        let reference = try DriftReference.of(bundle)
        try Self.check(dropped, among: reference.columns.map(\.name))
        let bins = WindowBins(bundle.reference ?? [], target: bundle.schema.target, classes: bundle.metadata.classes)
        let window = try LoggedWindow(of: bundle.version, in: bins, hours: hours, try Registry(path: project.registry))
        var pairs: [ColumnPair] = []
        for (column, counts) in zip(reference.columns, reference.counts)
        where column.role == .feature && !dropped.contains(column.name) {
            pairs.append(ColumnPair(counts, window.counts, importance: reference.importance[column.name]))
        }
        if let performance = bundle.performance { pairs += ColumnPair.answers(performance, window.counts) }
        let report = DriftCheck(settings).evaluate(
            pairs, referenceRows: reference.rows, windowRows: window.counts.rows)
        return DriftFindings(
            report: report, reference: .init(name: reference.name, rows: reference.rows),
            current: .init(name: window.name, rows: window.counts.rows), notes: reference.notes,
            performance: bundle.performance.map {
                PerformanceFindings(reference: $0.realised, estimated: $0.estimate(window.counts), realised: nil)
            })
    }
}
