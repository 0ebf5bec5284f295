package import LeewayCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the window differs from the reference, in words: segments that are more or less frequent than they were.
///
/// The rows of both sides are halved by chance. On one half a tree is grown that tells the window's rows from the reference's; its
/// leaves, without the conditions that they can do without, are the candidates. The other half, which had no part in that, says
/// which of them differ, and gives all figures.
///
/// - Growth: the division with the smallest p-value (G-test), `maximumDepth` deep: a first division that hardly convinces may
///   make way for one that does.
/// - Conditions: one column's make one, so `age > 40 and age > 55` is `age > 55`. One is left out where it shuts out less than a
///   twentieth of either side's rows, or where the rows that it shuts out are no different from the others: p above `level` over
///   the number of divisions that the first one was chosen from.
/// - Report: Fisher's exact test of each candidate against the rest at `level`, corrected by Bonferroni for the candidates. The one
///   that gains most is reported and its rows are set aside; then the others are tested again, so that what only makes
///   room for another segment is not reported. Where nothing moved, something is reported in no more than `level` of all windows.
/// - A difference that shows in no single column (a correlation that turns round) can't be found by a tree's first division.
package struct SegmentTree: Sendable, Equatable {
    /// The most divisions on the way to a leaf.
    package var maximumDepth: Int
    /// How often something may be reported where nothing moved, 0 … 1.
    package var level: Double
    /// The most rows of a side; larger ones are sampled.
    package var sampleLimit: Int
    /// What samples and halves are drawn by.
    package var seed: UInt64

    package init(maximumDepth: Int = 3, level: Double = 0.05, sampleLimit: Int = 20_000, seed: UInt64 = 0) {
        precondition(maximumDepth > 0, "A tree has one division at least.")
        precondition((0...1).contains(level), "A level lies in 0 ... 1.")
        precondition(sampleLimit >= Self.fewestRows, "A sample has \(Self.fewestRows) rows at least.")
        (self.maximumDepth, self.level) = (maximumDepth, level)
        (self.sampleLimit, self.seed) = (sampleLimit, seed)
    }

    /// The fewest rows of a side.
    package static let fewestRows = 20
    /// What came of it.
    package struct Finding: Sendable, Equatable {
        /// The segments, those that explain most first; none where nothing was found.
        package let segments: [DriftSegment]
        /// Why nothing could be found; nil where the rows were looked at.
        package let noEvidence: NoEvidence?
        /// Columns of the reference that were not looked at.
        package let leftOut: [LeftOutColumn]
    }

    /// Holds a window against the reference, by the columns that both have.
    ///
    /// - No evidence: `emptyReference`, `emptyWindow`; `tooFewRows` below 20 rows on a side; `noColumn` or `wrongType` where no column
    ///   is left.
    /// - Complexity: O(rows · columns · depth).
    package func evaluate(reference: Dataset, window: Dataset) -> Finding {
        let referenceSample = SideSample(rowCount: reference.rowCount, limit: sampleLimit, seed: seed, stream: 0)
        let windowSample = SideSample(rowCount: window.rowCount, limit: sampleLimit, seed: seed, stream: 1)
        let shared = SharedColumns(reference: reference, referenceSample, window: window, windowSample)
        if let reason = shared.noEvidence(fewestRows: Self.fewestRows) {
            return Finding(segments: [], noEvidence: reason, leftOut: shared.leftOut)
        }
        let halves = (shared.referenceCount / 2, shared.referenceCount + shared.windowCount / 2)
        let windowRows = shared.referenceCount..<shared.rowCount
        let columns = shared.columns.map {
            SegmentColumn($0, referenceRows: 0..<halves.0, windowRows: windowRows.lowerBound..<halves.1)
        }
        let learning = Array(0..<halves.0) + Array(windowRows.lowerBound..<halves.1)
        let trunk = SegmentSplit.best(columns, rows: learning, referenceCount: shared.referenceCount)
        guard trunk.tried > 0 else { return Finding(segments: [], noEvidence: nil, leftOut: shared.leftOut) }
        let limit = log(level / Double(trunk.tried))
        let leaves = grow(columns, learning, shared.referenceCount)
        var rules: [SegmentRule] = []
        for leaf in leaves {
            let rule = leaf.simplified(columns, learning, shared.referenceCount, limit: limit)
            if !rule.restricted.isEmpty, !rules.contains(rule) { rules.append(rule) }
        }
        let report = SegmentReport(
            columns: columns, rows: Array(halves.0..<shared.referenceCount) + Array(halves.1..<shared.rowCount),
            referenceCount: shared.referenceCount, level: level)
        return Finding(segments: report.segments(rules, leaves: leaves), noEvidence: nil, leftOut: shared.leftOut)
    }

    /// The leaves of the tree.
    private func grow(_ columns: [SegmentColumn], _ rows: [Int], _ referenceCount: Int) -> [SegmentRule] {
        var leaves: [SegmentRule] = []
        func grow(_ rule: SegmentRule, _ rows: [Int], _ depth: Int) {
            guard depth < maximumDepth,
                let split = SegmentSplit.best(columns, rows: rows, referenceCount: referenceCount).split
            else { return leaves.append(rule) }
            let codes = columns[split.column].codes
            for isFirst in [true, false] {
                grow(
                    rule.narrowed(split.column, to: split.codes.map { $0 == isFirst }),
                    rows.filter { split.codes[Int(codes[$0])] == isFirst }, depth + 1)
            }
        }
        grow(SegmentRule(columns), rows, 0)
        return leaves
    }
}
