import LeewayStats

extension JoinedBins {
    /// The expected rows of either side from which on a bin's chi-square distribution is beyond doubt at any level in
    /// use.
    static let many = 200.0

    /// The p-value of a statistic of the bins, and beside it of those that are kept apart.
    ///
    /// - Two bins, and less than `many` rows expected in one: Fisher's exact test.
    /// - Bins apart: an exact test holds them against all others, at a tenth of the level; the others have the rest.
    /// - Parameter pValue: gives the p-value of three bins or more, or of two with many rows; true where a bin has few.
    /// - Returns: the p-value; 1 of a single bin.
    func pValue(_ pValue: (_ bins: [Bin], _ hasFew: Bool) -> Double) -> Double {
        let others = othersPValue(pValue)
        guard let apart else { return others }
        let own = FisherExactTest.pValue(
            first: (apart.window, sides.window), second: (apart.reference, sides.reference))
        return bins.count > 1 ? min(1, others / 0.9, own / 0.1) : own
    }

    private func othersPValue(_ pValue: ([Bin], Bool) -> Double) -> Double {
        guard bins.count > 1 else { return 1 }
        let sizes = Self.sizes(bins)
        // Kept apart was all that one side has.
        guard sizes.reference > 0, sizes.window > 0 else { return 1 }
        let smallest = bins.reduce(Double.infinity) { min($0, Double($1.all)) }
        let least = min(sizes.reference, sizes.window)
        let hasFew = smallest * least / (sizes.reference + sizes.window) < Self.many
        guard bins.count == 2, hasFew else { return pValue(bins, hasFew) }
        let (first, second) = (bins[0], bins[1])
        return FisherExactTest.pValue(
            first: (first.window, first.window + second.window),
            second: (first.reference, first.reference + second.reference))
    }
}
