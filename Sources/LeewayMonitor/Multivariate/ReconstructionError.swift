package import LeewayCore

/// How much farther the window's rows lie off the reference's main directions: columns that no longer go together show, even
/// where each by itself is as it was.
///
/// The reference's rows are halved by chance. Scales and principal components are learned from one half; the errors of the window's
/// rows are held against those of the other half, which the components have not seen either.
///
/// - Error of a row: the length of what the components with 65 % of the variance leave of its scaled columns (`ColumnScale`).
/// - Statistic: Student's t with a pooled variance, window less reference.
/// - Distance: the size of the difference of the mean errors, in standard deviations of the reference's errors (where they do not
///   vary, in those of a column); either direction is drift.
/// - p-value: two-sided. Interval: Welch's, of the same difference's size.
/// - Source: NannyML 0.13 `DataReconstructionDriftCalculator` for the idea and the 65 %; it codes categories by their frequency,
///   fills in means, and judges by the spread of the reference's chunks.
package struct ReconstructionError: Sendable, Equatable {
    /// The share of the variance that the kept components have.
    package var varianceShare: Double
    /// The most rows of a side; larger ones are sampled.
    package var sampleLimit: Int
    /// What samples and halves are drawn by.
    package var seed: UInt64

    package init(varianceShare: Double = 0.65, sampleLimit: Int = 20_000, seed: UInt64 = 0) {
        precondition((0...1).contains(varianceShare), "A share lies in 0 ... 1.")
        precondition(sampleLimit >= Self.fewestRows, "A sample has \(Self.fewestRows) rows at least.")
        (self.varianceShare, self.sampleLimit, self.seed) = (varianceShare, sampleLimit, seed)
    }

    /// The fewest rows of a side.
    package static let fewestRows = 10

    /// What came of it.
    package struct Finding: Sendable, Equatable {
        /// The difference of the mean errors; or why there is none.
        package let outcome: DriftOutcome
        /// Columns of the reference that were not looked at.
        package let leftOut: [LeftOutColumn]
        /// How many components were kept.
        package let keptComponents: Int
        /// How many columns and indicators there were.
        package let scaledColumns: Int
        /// The mean error of the reference's unseen rows.
        package let referenceError: Double
        /// The mean error of the window's rows.
        package let windowError: Double
    }

    /// Holds a window against the reference, by the columns that both have.
    ///
    /// - No evidence: `emptyReference`, `emptyWindow`; `tooFewRows` below 10 rows on a side; `noColumn`, `wrongType` or
    ///   `emptyReference` where no column is left.
    /// - Complexity: O(rows · d² + d³) for d numeric columns and indicators; seconds from d = 1,000 on.
    package func evaluate(reference: Dataset, window: Dataset) -> Finding {
        let referenceSample = SideSample(rowCount: reference.rowCount, limit: sampleLimit, seed: seed, stream: 0)
        let windowSample = SideSample(rowCount: window.rowCount, limit: sampleLimit, seed: seed, stream: 1)
        let shared = SharedColumns(reference: reference, referenceSample, window: window, windowSample)
        if let reason = shared.noEvidence(fewestRows: Self.fewestRows) { return .none(reason, shared.leftOut) }
        let half = shared.referenceCount / 2
        var leftOut = shared.leftOut
        var scales: [(scale: ColumnScale, values: Dataset.Values)] = []
        for column in shared.columns {
            if let scale = ColumnScale(column.values, rows: 0..<half) {
                scales.append((scale, column.values))
            } else {
                leftOut.append(LeftOutColumn(column.name, .emptyReference))
            }
        }
        guard !scales.isEmpty else { return .none(.emptyReference, leftOut) }
        func scaled(_ rows: Range<Int>) -> [[Double]] { scales.flatMap { $0.scale.scaled($0.values, rows: rows) } }
        let components = PrincipalComponents(scaled(0..<half), share: varianceShare)
        let errors = ErrorPair(
            reference: components.errors(scaled(half..<shared.referenceCount)),
            window: components.errors(scaled(shared.referenceCount..<shared.rowCount)))
        return Finding(
            outcome: .tested(errors.result), leftOut: leftOut,
            keptComponents: components.kept,
            scaledColumns: components.directions.count, referenceError: errors.reference.mean,
            windowError: errors.window.mean)
    }
}

extension ReconstructionError.Finding {
    fileprivate static func none(_ reason: NoEvidence, _ leftOut: [LeftOutColumn]) -> Self {
        Self(
            outcome: .noEvidence(reason), leftOut: leftOut, keptComponents: 0, scaledColumns: 0, referenceError: 0,
            windowError: 0)
    }
}
