import LeewayStats
import Testing

@testable import LeewayMonitor

@Suite struct ConformalRanksTests {
    @Test func `a rank is the rows below and a part of those beside`() {
        // The draws' own numbers: (b + U · (c + 1)) / (n + 1) with b and c counted by hand.
        var ranks = ConformalRanks([2, 0, 3])
        var (generator, same) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
        func uniform() -> Double { Double(same.next() >> 11) * 0x1p-53 }
        #expect(ranks.add(cell: 2, using: &generator) == (2 + uniform() * 4) / 6)
        #expect(ranks.add(cell: 1, using: &generator) == (2 + uniform() * 1) / 7)
        #expect(ranks.add(cell: 0, using: &generator) == (0 + uniform() * 3) / 8)
        #expect(ranks.bagCount == 8 && ranks.rows == 3)
        ranks.returnToReference()
        #expect(ranks.bagCount == 5 && ranks.rows == 0)
    }

    /// Ranks of streams of the reference's distribution fall evenly into the cells of a grid, and so do their pairs.
    private static func chiSquares(
        _ bag: RankBag, reference: Int, shares: [Double]
    ) -> (single: Double, pairs: Double) {
        let (repeats, length) = (3_000, 6)
        var (single, pairs) = ([Double](repeating: 0, count: 8), [Double](repeating: 0, count: 16))
        for run in 0..<repeats {
            var draws = SequentialDraws(UInt64(run))
            var counts = [Int](repeating: 0, count: shares.count)
            for _ in 0..<reference { counts[draws.place(shares)] += 1 }
            var ranks = ConformalRanks(counts, bag: bag)
            var last = 0.0
            for row in 0..<length {
                let rank = ranks.add(cell: draws.place(shares), using: &draws.generator)
                single[Int(rank * 8)] += 1
                if row > 0 { pairs[4 * Int(last * 4) + Int(rank * 4)] += 1 }
                last = rank
            }
        }
        func chiSquare(_ counts: [Double]) -> Double {
            let expected = counts.reduce(0, +) / Double(counts.count)
            return counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
        }
        return (chiSquare(single), chiSquare(pairs))
    }

    @Test(arguments: [0, 1, 3, 10])
    func `ranks are uniform and independent, however small the reference and whatever the ties`(reference: Int) {
        // Quantiles .999 of chi-square with 7 and 15 degrees of freedom: scipy 1.17 chi2.ppf(.999, [7, 15]).
        for bag in [RankBag.all, .exchanged(limit: 5)] {
            let found = Self.chiSquares(bag, reference: reference, shares: [0.5, 0.2, 0.25, 0.05])
            #expect(found.single < 24.33 && found.pairs < 37.7, "\(bag): \(found)")
        }
    }

    @Test func `a bag that is frozen early gives ranks that depend on each other`() {
        let found = Self.chiSquares(.frozen(afterRows: 0), reference: 2, shares: [0.5, 0.2, 0.25, 0.05])
        #expect(found.pairs > 37.7)
    }

    @Test func `an exchanged bag never grows beyond its limit`() {
        var (ranks, generator) = (ConformalRanks([2, 0, 3], bag: .exchanged(limit: 7)), SeededGenerator(seed: 5))
        for row in 0..<50 {
            _ = ranks.add(cell: row % 3, using: &generator)
            #expect(ranks.bagCount == min(7, 6 + row))
        }
    }

    @Test func `numbers without a reference are ranked among those before`() {
        var (ranks, generator) = (ConformalNumbers(), SeededGenerator(seed: 1))
        var same = generator
        func uniform() -> Double { Double(same.next() >> 11) * 0x1p-53 }
        for (number, below, ties) in [(3.0, 0.0, 0.0), (5, 1, 0), (3, 0, 1), (4, 2, 0), (-1, 0, 0), (3, 1, 2)] {
            let before = Double(ranks.numbers.count)
            #expect(ranks.add(number, using: &generator) == (below + uniform() * (ties + 1)) / (before + 1))
        }
        #expect(ranks.numbers == [-1, 3, 3, 3, 4, 5])
    }
}
