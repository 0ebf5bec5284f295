package import LeewayCore
import LeewayLearn

/// Tells the window's rows from the reference's by a regression on all columns: the better it can, the more has drifted.
///
/// The statistic is the cross-fitted area under the ROC curve: the chance that a row of the window scores above one of the
/// reference by a regression that saw neither. Where one of many columns is normal and its mean moves by d standard
/// deviations, the area is Φ(d / √2) at best.
///
/// - Features: `PooledBins` of each column, one-hot, so that shifts of any shape show, and the curves of its numbers; logistic
///   regression with an L2 penalty, whose strength was chosen for the largest area over small and large windows with one column
///   of 20 drifted.
/// - p-value: one-sided, from folds judged by the regression of the folds before them alone. Folds judged by all others share
///   their evidence: under no drift the mean of their areas varies twice as much as its parts say.
/// - Interval: Wilson's, at the number of rows that DeLong's variance amounts to, widened by what the folds share.
/// - Rows are taken to be independent of each other. A window that repeats rows of the reference has an area below one half.
/// - Source: the idea of NannyML 0.13 `DomainClassifierCalculator` (its own uses LightGBM); Lopez-Paz & Oquab 2017.
package struct DomainClassifier: Sendable, Equatable {
    /// The most bins of a numeric column, missing not counted.
    package var binCount: Int
    /// In how many folds the rows are.
    package var foldCount: Int
    /// The most rows of a side; larger ones are sampled.
    package var sampleLimit: Int
    /// `LogisticRegression.inverseRegularization`.
    package var inverseRegularization: Double
    /// What samples and folds are drawn by.
    package var seed: UInt64
    /// How many threads compute; the result is the same to the last bit.
    package var threads: Int

    package init(
        binCount: Int = 10, foldCount: Int = 5, sampleLimit: Int = 20_000, inverseRegularization: Double = 0.01,
        seed: UInt64 = 0, threads: Int = 1
    ) {
        precondition(binCount > 1 && foldCount > 1, "There are at least two bins and two folds.")
        precondition(sampleLimit >= 2 * foldCount, "A sample has two rows a fold.")
        (self.binCount, self.foldCount, self.sampleLimit) = (binCount, foldCount, sampleLimit)
        (self.inverseRegularization, self.seed, self.threads) = (inverseRegularization, seed, threads)
    }

    /// What came of it.
    package struct Finding: Sendable, Equatable {
        /// The area as statistic and distance (one half at least), which is one half where nothing moved; or why there is none.
        package let outcome: DriftOutcome
        /// Each column's share of the gap between the mean scores of window and reference, largest first.
        ///
        /// Measured on judged rows, so that a column of noise has about 0; columns that say the same share it.
        package let columns: [ColumnShare]
        /// Columns of the reference that were not looked at.
        package let leftOut: [LeftOutColumn]
        /// The reference's rows that were looked at.
        package let referenceRows: Int
        /// The window's rows that were looked at.
        package let windowRows: Int
    }

    /// Holds a window against the reference, by the columns that both have.
    ///
    /// - Missing: a bin of its own.
    /// - No evidence: `emptyReference`, `emptyWindow`; `tooFewRows` below two rows a fold on a side; `noColumn` or
    ///   `wrongType` where no column is left.
    /// - Nothing varies: an area of one half, a p-value of 1.
    /// - Throws: `invalidSetting`, `notConverged`, `interrupted`.
    /// - Complexity: O(rows · columns² + bins³) a step of Newton's method, of which there are about 50.
    package func evaluate(reference: Dataset, window: Dataset) throws(LeewayError) -> Finding {
        let referenceSample = SideSample(rowCount: reference.rowCount, limit: sampleLimit, seed: seed, stream: 0)
        let windowSample = SideSample(rowCount: window.rowCount, limit: sampleLimit, seed: seed, stream: 1)
        let shared = SharedColumns(reference: reference, referenceSample, window: window, windowSample)
        func finding(_ outcome: DriftOutcome, _ columns: [ColumnShare] = []) -> Finding {
            Finding(
                outcome: outcome, columns: columns, leftOut: shared.leftOut, referenceRows: shared.referenceCount,
                windowRows: shared.windowCount)
        }
        if let reason = shared.noEvidence(fewestRows: 2 * foldCount) { return finding(.noEvidence(reason)) }
        let bins = shared.columns.map { PooledBins($0.values, binCount: binCount) }
        let varying = bins.indices.filter { bins[$0].count > 1 }
        guard !varying.isEmpty else { return finding(.tested(result(nil))) }
        let fit = try CrossFit(
            varying.map { bins[$0] }, referenceCount: shared.referenceCount, rowCount: shared.rowCount,
            foldCount: foldCount,
            regression: LogisticRegression(
                inverseRegularization: inverseRegularization, tolerance: 1e-5, threads: threads))
        let total = fit.gaps.reduce(0) { $0 + max(0, $1) }
        var shares = [Double](repeating: 0, count: bins.count)
        for (place, gap) in zip(varying, fit.gaps) { shares[place] = total > 0 ? max(0, gap) / total : 0 }
        let columns = bins.indices.sorted { shares[$0] == shares[$1] ? $0 < $1 : shares[$0] > shares[$1] }
            .map { ColumnShare(shared.columns[$0].name, shares[$0]) }
        return finding(.tested(result(fit, rows: min(shared.referenceCount, shared.windowCount))), columns)
    }

    private func result(_ fit: CrossFit?, rows: Int = 0) -> DriftResult {
        let (area, pValue, interval) =
            fit.map { ($0.area, $0.pValue, $0.interval(rows: rows)) } ?? (0.5, 1, .init(lower: 0.5, upper: 0.5))
        return DriftResult(
            method: .domainClassifier, statistic: area, pValue: pValue, distance: max(area, 0.5), noise: 0.5,
            interval: interval)
    }
}

extension SharedColumns {
    /// Why a comparison of all columns together is not possible; nil where it is.
    func noEvidence(fewestRows: Int) -> NoEvidence? {
        if columns.isEmpty, let first = leftOut.first { return first.reason }
        if referenceCount == 0 { return .emptyReference }
        if windowCount == 0 { return .emptyWindow }
        if min(referenceCount, windowCount) < fewestRows { return .tooFewRows }
        return columns.isEmpty ? .noColumn : nil
    }
}
