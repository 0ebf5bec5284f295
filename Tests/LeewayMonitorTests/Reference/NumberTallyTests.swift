import LeewayMonitor
import LeewayStats
import Testing

@Suite struct NumberTallyTests {
    private static func tally(_ numbers: [Double]) -> NumberTally {
        var tally = NumberTally()
        numbers.withUnsafeBufferPointer { tally.add($0) }
        return tally
    }

    @Test func `few values are counted exactly`() {
        var generator = SeededGenerator(seed: 7)
        let numbers =
            (0..<50_000).map { _ in Double(generator.next(below: 900)) / 8 - 50 } + [-0.0, 0, .infinity, -.infinity]
        let counts = ValueCounts(numbers)
        #expect(
            Self.tally(numbers + [.nan, .nan]).exact
                == .numbers(values: counts.values, counts: counts.counts, isExact: true))
        #expect(Self.tally(numbers + [.nan, .nan]).missing == 2)
    }

    @Test func `the last value too many is noticed`() {
        let most = (0..<NumberTally.limit).map(Double.init)
        #expect(!Self.tally(most + most).isOverfull)
        let over = Self.tally(most + [0.5] + most)
        #expect(over.isOverfull && over.exact == nil)
        #expect(over.count == 2 * NumberTally.limit + 1)
        #expect(over.smallest == 0 && over.largest == Double(NumberTally.limit - 1))
    }

    @Test func `edges ascend, and end at the largest value of all`() {
        let numbers = (0..<40_000).map { Double($0 % 20_000) }
        let tally = Self.tally(numbers + [1e9])
        let edges = tally.edges(sample: Array(numbers.prefix(10_000)), count: 64)
        #expect(edges.count == 64 && edges.last == 1e9)
        #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
        #expect(tally.edges(sample: [3, 3, 3, .nan], count: 64) == [3, 1e9])
        #expect(NumberTally().edges(sample: [], count: 64).isEmpty)
    }
}
