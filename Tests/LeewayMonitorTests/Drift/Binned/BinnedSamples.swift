import LeewayMonitor
import LeewayStats

/// Both sides' rows in a few bins, and the tests that are asked about them.
struct BinnedSamples: Sendable {
    let reference: [Int]
    let window: [Int]

    var sides: BinnedSides { BinnedSides(reference: reference, window: window) }
    /// The same with the sides the other way round.
    var exchanged: BinnedSides { BinnedSides(reference: window, window: reference) }

    /// Four bins, 200 rows and more expected in each.
    static let even = BinnedSamples(reference: [2_500, 2_500, 2_500, 2_500], window: [260, 240, 230, 270])
    /// Five bins that differ.
    static let five = BinnedSamples(
        reference: [30_000, 20_000, 15_000, 10_000, 5_000], window: [1_100, 900, 600, 400, 300])
    static let two = BinnedSamples(reference: [9_000, 6_000], window: [1_150, 850])
    static let twelve = BinnedSamples(
        reference: Array(repeating: 4_000, count: 12),
        window: [310, 290, 305, 333, 280, 300, 299, 301, 310, 266, 320, 286])
    /// Few rows in each bin.
    static let small = BinnedSamples(reference: [50, 30, 20], window: [12, 4, 9])
    /// Some bins empty on a side.
    static let empty = BinnedSamples(reference: [40, 30, 0, 30], window: [10, 0, 5, 5])
    /// No bin in common.
    static let apart = BinnedSamples(reference: [10, 0], window: [0, 7])

    /// All tests of bins.
    static let tests: [any BinnedDriftTest] = DriftMethod.allCases.compactMap(\.binnedTest)

    /// What can come: one bin, one row, all in one bin, only new categories, bins empty on both sides, huge counts.
    static let edges: [BinnedSamples] = [
        BinnedSamples(reference: [1], window: [1]),
        BinnedSamples(reference: [1_000], window: [1]),
        BinnedSamples(reference: [1, 0], window: [0, 1]),
        BinnedSamples(reference: [500, 500, 0], window: [0, 0, 1]),
        BinnedSamples(reference: [500, 500, 0], window: [1, 0, 0]),
        BinnedSamples(reference: [700, 300], window: [40, 0]),
        BinnedSamples(reference: [700, 300, 0], window: [0, 0, 40]),
        BinnedSamples(reference: [0, 0, 700, 300], window: [0, 0, 70, 30]),
        BinnedSamples(reference: [0, 5], window: [3, 0]),
        BinnedSamples(reference: [1 << 50, 1 << 49], window: [1 << 50, 1 << 49]),
        BinnedSamples(reference: [1 << 50, 1 << 49, 0], window: [1 << 50, 1 << 49, 1]),
        BinnedSamples(reference: [1 << 50, 1 << 20, 1], window: [3, 2, 1]),
        BinnedSamples(reference: [3, 2, 1], window: [1 << 50, 1 << 20, 1]),
        BinnedSamples(reference: [1 << 50, 0], window: [0, 1 << 50]),
        BinnedSamples(reference: Array(repeating: 1, count: 100), window: Array(repeating: 1, count: 100)),
        BinnedSamples(reference: Array(repeating: 1, count: 100) + [0], window: Array(repeating: 0, count: 100) + [9]),
        BinnedSamples(reference: [1 << 52, 1], window: [1, 1 << 52]),
        .even, .five, .two, .twelve, .small, .empty, .apart,
    ]
}

/// Draws rows of bins with given shares.
struct BinDraws {
    private var generator: SeededGenerator
    private let cumulated: [Double]

    init(shares: [Double], seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        let total = shares.reduce(0, +)
        var sum = 0.0
        cumulated = shares.map { share in
            sum += share / total
            return sum
        }
    }

    /// 1, 1/2, 1/3 and so on.
    static func zipf(_ count: Int) -> [Double] { (1...count).map { 1 / Double($0) } }

    mutating func counts(_ rows: Int) -> [Int] {
        var counts = Array(repeating: 0, count: cumulated.count)
        for _ in 0..<rows {
            let place = Double(generator.next() >> 11) * 0x1p-53
            var (low, high) = (0, cumulated.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if cumulated[middle] > place { high = middle } else { low = middle + 1 }
            }
            counts[low] += 1
        }
        return counts
    }

    /// Both sides as a stored reference shows them: categories that it has not seen in one bin, the last.
    mutating func sides(_ reference: Int, _ window: Int) -> BinnedSides {
        let (first, second) = (counts(reference), counts(window))
        let seen = first.indices.filter { first[$0] > 0 }
        let known = seen.map { second[$0] }
        return BinnedSides(
            reference: seen.map { first[$0] } + [0], window: known + [window - known.reduce(0, +)])
    }
}
