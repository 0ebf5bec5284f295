import LeewayStats

/// How the scores of two sides lie to each other: the chance that the window's is above the reference's, and its variance.
///
/// - Ties: count half.
/// - Source: Hanley & McNeil 1982 for the area; DeLong, DeLong & Clarke-Pearson 1988 for its variance; the variance where
///   both sides are alike is that of the Mann-Whitney statistic with its correction for ties, as in scipy 1.17
///   `mannwhitneyu(method="asymptotic", use_continuity=False)`.
package struct ScorePlacements: Sendable, Equatable {
    /// The chance that a row of the window scores above one of the reference.
    package let area: Double
    /// The variance of `area` whatever the distributions; 0 where a side has a single row.
    package let variance: Double
    /// The variance of `area` where both sides have one distribution; 0 where all scores are tied.
    package let nullVariance: Double

    /// Compares scores, none of them NaN; each side has at least one.
    ///
    /// - Complexity: O(n) above 2,000 scores, O(n log n) below.
    package init(reference: [Double], window: [Double]) {
        precondition(!reference.isEmpty && !window.isEmpty, "Both sides have scores.")
        let below = ValueCounts(reference)
        let above = ValueCounts(window)
        let (n, m) = (Double(reference.count), Double(window.count))
        // Shares of the other side below each score, ties half, less one half: sums, and sums of squares.
        var (windowSum, windowSquares, referenceSum, referenceSquares) = (0.0, 0.0, 0.0, 0.0)
        var (ties, i, k, referenceSeen, windowSeen) = (0.0, 0, 0, 0.0, 0.0)
        while i < below.values.count || k < above.values.count {
            let low = i < below.values.count ? below.values[i] : .infinity
            let high = k < above.values.count ? above.values[k] : .infinity
            let isReference = i < below.values.count && (k == above.values.count || low <= high)
            let isWindow = k < above.values.count && (i == below.values.count || high <= low)
            let r = isReference ? Double(below.counts[i]) : 0
            let w = isWindow ? Double(above.counts[k]) : 0
            let windowPlace = (referenceSeen + r / 2) / n - 0.5
            let referencePlace = (windowSeen + w / 2) / m - 0.5
            windowSum += w * windowPlace
            windowSquares += w * windowPlace * windowPlace
            referenceSum += r * referencePlace
            referenceSquares += r * referencePlace * referencePlace
            let tied = r + w
            ties += tied * (tied * tied - 1)
            referenceSeen += r
            windowSeen += w
            if isReference { i += 1 }
            if isWindow { k += 1 }
        }
        area = 0.5 + windowSum / m
        let windowVariance = m > 1 ? max(0, windowSquares - windowSum * windowSum / m) / (m - 1) / m : 0
        let referenceVariance = n > 1 ? max(0, referenceSquares - referenceSum * referenceSum / n) / (n - 1) / n : 0
        variance = windowVariance + referenceVariance
        let all = n + m
        nullVariance = max(0, all + 1 - ties / (all * (all - 1))) / (12 * n * m)
    }
}
