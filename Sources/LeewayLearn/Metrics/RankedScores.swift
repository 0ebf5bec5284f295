import LeewayCore
import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The rows of one evaluation, sorted once: what metrics, curves and resamples all read.
///
/// Ranks run from the highest probability to the lowest; of rows with the same one, positives come first. Rows that are
/// alike in both can't be told apart, so nothing here depends on the order of the rows.
struct RankedScores: Sendable {
    /// Rows of one probability, at least one of them positive: `start ..< positiveEnd` are, `positiveEnd ..< end` are not.
    struct Group: Sendable {
        let start: UInt32
        let positiveEnd: UInt32
        let end: UInt32
    }

    /// A place between two ranks that splits no group.
    struct Cut: Sendable {
        /// Rows above it.
        let rank: Int
        /// Groups with a positive row above it.
        let group: Int
    }

    /// The smallest and (from 1) the largest probability that the log loss takes for what it is.
    static let clip = 1e-15

    let threshold: Double
    /// Descending.
    let probabilities: [Double]
    let labels: [Bool]
    let losses: [Double]
    let squaredErrors: [Double]
    let groups: [Group]
    let thresholdCut: Cut
    /// The lower ends of the calibration bins that are not empty, from the highest bin down; the last is the end.
    let binCuts: [Cut]

    /// Checks, sorts and groups the rows.
    init(labels: [Bool], probabilities: [Double], threshold: Double) throws(LeewayError) {
        try Self.validate(labels: labels, probabilities: probabilities, threshold: threshold)
        let keys = Self.sortedKeys(labels: labels, probabilities: probabilities)
        let ranked = keys.map { Double(bitPattern: Self.topBits - $0 >> 1) }
        let rankedLabels = keys.map { $0 & 1 == 0 }
        self.threshold = threshold
        self.probabilities = ranked
        self.labels = rankedLabels
        self.losses = zip(ranked, rankedLabels).map { probability, isPositive in
            -log(min(max(isPositive ? probability : 1 - probability, Self.clip), 1 - Self.clip))
        }
        self.squaredErrors = zip(ranked, rankedLabels).map { probability, isPositive in
            let error = isPositive ? 1 - probability : probability
            return error * error
        }
        let groups = Self.groups(probabilities: ranked, labels: rankedLabels)
        func cut(_ isAbove: (Double) -> Bool) -> Cut {
            let rank = ranked.partitionPoint { !isAbove($0) }
            return Cut(rank: rank, group: groups.partitionPoint { Int($0.start) >= rank })
        }
        self.groups = groups
        self.thresholdCut = cut { $0 >= threshold }
        var binCuts: [Cut] = []
        for bin in CalibrationBins.all.reversed() {
            let next = cut { $0 > bin.lower || bin.index == 0 }
            if next.rank > binCuts.last?.rank ?? 0 { binCuts.append(next) }
        }
        self.binCuts = binCuts
    }

    /// The bits of 1, the highest probability: no other has more.
    private static let topBits = 1.0.bitPattern

    /// One number a row whose ascending order is the order of the ranks: the top two bits of a probability are free.
    private static func sortedKeys(labels: [Bool], probabilities: [Double]) -> [UInt64] {
        // Adding 0 turns -0 into 0.
        var keys = zip(labels, probabilities).map { isPositive, probability in
            (topBits - (probability + 0).bitPattern) << 1 | (isPositive ? 0 : 1)
        }
        RadixSort.sort(&keys)
        return keys
    }

    private static func groups(probabilities: [Double], labels: [Bool]) -> [Group] {
        var groups: [Group] = []
        var (start, positiveEnd) = (0, 0)
        for rank in labels.indices {
            if labels[rank] { positiveEnd = rank + 1 }
            guard rank + 1 == labels.count || probabilities[rank + 1] != probabilities[rank] else { continue }
            if positiveEnd > start {
                groups.append(Group(start: UInt32(start), positiveEnd: UInt32(positiveEnd), end: UInt32(rank + 1)))
            }
            (start, positiveEnd) = (rank + 1, rank + 1)
        }
        return groups
    }
}
