import Testing

@testable import LeewayMonitor

@Suite struct JoinedBinsTests {
    private static func joined(_ reference: [Int], _ window: [Int]) -> JoinedBins {
        JoinedBins(BinnedSides(reference: reference, window: window))
    }

    private static func bins(_ joined: JoinedBins) -> [[Int]] { joined.bins.map { [$0.reference, $0.window] } }

    @Test func `bins in which a row is expected stay as they are`() {
        let joined = Self.joined([50, 30, 20], [12, 4, 9])
        #expect(Self.bins(joined) == [[50, 12], [30, 4], [20, 9]])
        #expect(joined.apart == nil && joined.isWhole)
    }

    @Test func `rare bins are joined in their order, the rest to the last of them`() {
        // 100 of 1,100 rows are the window's: of 11 rows one is expected.
        let joined = Self.joined([6, 480, 5, 7, 480, 4, 18], [1, 45, 1, 1, 45, 0, 7])
        #expect(Self.bins(joined) == [[480, 45], [11, 2], [480, 45], [11, 1], [18, 7]])
        #expect(!joined.isWhole)
        let rest = Self.joined([6, 480, 5, 509], [1, 45, 1, 53])
        #expect(Self.bins(rest) == [[480, 45], [11, 2], [509, 53]])
        let left = Self.joined([6, 480, 5, 505, 4], [1, 45, 1, 53, 0])
        #expect(Self.bins(left) == [[480, 45], [15, 2], [505, 53]])
    }

    @Test func `a rest without a group is kept apart`() {
        let joined = Self.joined([480, 515, 5], [40, 60, 0])
        #expect(Self.bins(joined) == [[480, 40], [515, 60]])
        #expect(joined.apart == .init(reference: 5, window: 0) && !joined.isWhole)
        let new = Self.joined([480, 515, 5, 0], [40, 57, 0, 3])
        #expect(Self.bins(new) == [[480, 40], [515, 57]])
        #expect(new.apart == .init(reference: 5, window: 3))
    }

    @Test func `new categories are kept apart until one row of them is expected`() {
        let few = Self.joined([700, 300, 0], [60, 32, 8])
        #expect(Self.bins(few) == [[700, 60], [300, 32]])
        #expect(few.apart == .init(reference: 0, window: 8) && !few.isWhole)
        let many = Self.joined([700, 300, 0], [50, 30, 20])
        #expect(Self.bins(many) == [[700, 50], [300, 30], [0, 20]])
        #expect(many.apart == nil && many.isWhole)
    }

    @Test func `new categories are joined with those that might as well have been new`() {
        // Half of all rows are the window's: six rows fall to it with a chance of 1 in 64, seven of 1 in 128.
        let joined = Self.joined([60, 30, 7, 2, 1, 0], [55, 27, 6, 4, 3, 5])
        #expect(Self.bins(joined) == [[60, 55], [30, 27], [7, 6], [3, 12]])
    }

    @Test func `among many categories of one row some are new in a small window as well`() {
        // 10 of 1,010 rows: a single one falls to the window with a chance of 1 %, one of 300 with one of 95 %.
        let singles = Array(repeating: 1, count: 300)
        let joined = Self.joined([700] + singles + [0], [7] + Array(repeating: 0, count: 300) + [3])
        #expect(Self.bins(joined) == [[700, 7], [300, 3]] && joined.apart == nil)
        // Categories of 100 rows never do.
        let sure = Self.joined([700, 100, 100, 100, 0], [7, 0, 0, 0, 3])
        #expect(sure.apart == .init(reference: 0, window: 3))
    }

    @Test func `one bin is left where no row can be expected in two`() {
        #expect(Self.bins(Self.joined([500, 500], [1, 0])) == [[1_000, 1]])
        let new = Self.joined([500, 500, 0], [0, 0, 1])
        #expect(Self.bins(new) == [[1_000, 0]] && new.apart == .init(reference: 0, window: 1))
    }

    @Test func `no row is lost`() {
        for samples in BinnedSamples.edges {
            let joined = JoinedBins(samples.sides)
            let bins = joined.bins + (joined.apart.map { [$0] } ?? [])
            #expect(bins.reduce(0) { $0 + $1.reference } == samples.sides.referenceCount)
            #expect(bins.reduce(0) { $0 + $1.window } == samples.sides.windowCount)
        }
    }
}
