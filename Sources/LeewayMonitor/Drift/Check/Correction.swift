/// How p-values are corrected for there being many of them.
package enum Correction: String, Sendable, Codable, CaseIterable {
    /// Holm's step-down: the chance of any false alarm is at most the level, however the columns depend on each other.
    case holm
    /// Benjamini and Hochberg's step-up: the expected share of false ones among the alarms is at most the level, for columns
    /// that are independent or depend positively.
    case benjaminiHochberg = "benjamini_hochberg"
    /// Each p-value times how many there are: never more powerful than Holm.
    case bonferroni
    /// None: k columns at level .05 raise a false alarm in 1 - .95^k of quiet windows.
    case none

    /// The p-values as they are to be held against the level, in the given order; none is above 1.
    ///
    /// - Source: R's `p.adjust`; Holm, Scand. J. Statist. 6 (1979); Benjamini & Hochberg, JRSS B 57 (1995).
    package func adjusted(_ pValues: [Double]) -> [Double] {
        let count = Double(pValues.count)
        let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        var adjusted = pValues
        switch self {
        case .none: break
        case .bonferroni: adjusted = pValues.map { min(1, $0 * count) }
        case .holm:
            var largest = 0.0
            for (rank, place) in order.enumerated() {
                largest = max(largest, min(1, pValues[place] * (count - Double(rank))))
                adjusted[place] = largest
            }
        case .benjaminiHochberg:
            var smallest = 1.0
            for (rank, place) in order.enumerated().reversed() {
                smallest = min(smallest, pValues[place] * count / Double(rank + 1))
                adjusted[place] = smallest
            }
        }
        return adjusted
    }
}
