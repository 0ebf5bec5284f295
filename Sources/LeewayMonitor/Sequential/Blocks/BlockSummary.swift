import LeewayStats

/// What is followed of a column from block to block: a few numbers of the block's counts.
///
/// A numeric column: the mean of its rows' normal scores Φ⁻¹(r), where r is a value's mid-rank in the reference, their variance, and
/// the share of missing values. A column of categories: the shares of its six most frequent ones, of all others with new ones, and
/// of missing values.
enum BlockSummary: Sendable {
    /// The score of each of a numeric column's cells.
    case scores([Double])
    /// The places of the categories whose shares are followed.
    case shares([Int])

    private static let shareLimit = 6

    init(_ reference: ReferenceCounts) {
        switch reference.values {
        case .numbers(_, let counts, let isExact):
            var (scores, below) = ([Double](), 0)
            let total = Double(counts.reduce(0, +))
            func score(_ rows: Double) -> Double { NormalDistribution.quantile((rows + 0.5) / (total + 1)) }
            for count in counts {
                let middle = score(Double(below) + Double(count) / 2)
                // A cell before a value has no row of the reference, or shares the rows that the value stands for.
                scores += [isExact ? score(Double(below)) : middle, middle]
                below += count
            }
            self = .scores(scores + [score(Double(below))])
        case .categories(_, let counts):
            let order = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
            self = .shares(Array(order.prefix(Self.shareLimit)))
        }
    }

    /// The parts of the stake of the numbers, which sum to 1.
    var stakes: [Double] {
        switch self {
        case .scores: [0.45, 0.35, 0.2]
        case .shares(let places): Array(repeating: 0.8 / Double(places.count + 1), count: places.count + 1) + [0.2]
        }
    }

    /// The numbers of a block; nil for those that it says nothing of.
    func numbers(_ counts: WindowCounts, _ column: Int) -> [Double?] {
        let cells = counts.valueCounts(of: column)
        let missing = Double(counts.missingCount(of: column))
        switch self {
        case .scores(let scores):
            let total = Double(cells.reduce(0, +))
            let missingShare = total + missing > 0 ? missing / (total + missing) : nil
            guard total > 0 else { return [nil, nil, missingShare] }
            var (sum, squares) = (0.0, 0.0)
            for (count, score) in zip(cells, scores) where count > 0 { sum += Double(count) * score }
            let mean = sum / total
            for (count, score) in zip(cells, scores) where count > 0 {
                squares += Double(count) * (score - mean) * (score - mean)
            }
            return [mean, squares / total, missingShare]
        case .shares(let places):
            let total = Double(cells.reduce(0, +) + counts.newCount(of: column))
            let missingShare = total + missing > 0 ? missing / (total + missing) : nil
            guard total > 0 else { return places.map { _ in nil } + [nil, missingShare] }
            let rows = places.map { Double(cells[cells.startIndex + $0]) }
            return rows.map { $0 / total } + [(total - rows.reduce(0, +)) / total, missingShare]
        }
    }
}
