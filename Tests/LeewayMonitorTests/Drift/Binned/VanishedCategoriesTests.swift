import LeewayMonitor
import Testing

@Suite struct VanishedCategoriesTests {
    // Oracle: scipy 1.17.1, hypergeom(150, c, 50).pmf(0) for c = 30 and 10; Holm over four categories by hand.
    @Test func `the p-value is the chance that all rows fell to the reference`() {
        let gone = VanishedCategories(BinnedSides(reference: [10, 50, 30, 10, 0], window: [0, 45, 0, 5, 0])).categories
        #expect(gone.map(\.bin) == [2, 0])
        #expect(gone.map(\.rows) == [30, 10] && gone.map(\.share) == [0.3, 0.1])
        #expect(isClose(gone.first?.pValue, 9.122188775447697e-07, 1e-9))
        #expect(isClose(gone.last?.pValue, 0.014800774519619302, 1e-9))
        #expect(isClose(gone.first?.adjustedPValue, 4 * 9.122188775447697e-07, 1e-9))
        #expect(isClose(gone.last?.adjustedPValue, 3 * 0.014800774519619302, 1e-9))
    }

    @Test func `nothing is gone from a window that has all, nor from one without rows`() {
        #expect(VanishedCategories(BinnedSides(reference: [3, 2], window: [1, 1])).categories.isEmpty)
        #expect(VanishedCategories(BinnedSides(reference: [3, 2], window: [0, 0])).categories.isEmpty)
        #expect(VanishedCategories(BinnedSides(reference: [0, 2], window: [0, 1])).categories.isEmpty)
    }

    @Test func `all are gone from a window of new categories`() {
        let gone = VanishedCategories(BinnedSides(reference: [1 << 50, 1, 0], window: [0, 0, 1 << 50])).categories
        #expect(gone.map(\.bin) == [0, 1] && gone.first?.pValue == 0)
        #expect(isClose(gone.last?.pValue, 0.5, 1e-9) && gone.last?.adjustedPValue ?? 0 <= 1)
    }

    @Test func `quiet windows are said to have lost a category no more often than stated`() {
        var draws = BinDraws(shares: BinDraws.zipf(50), seed: 29)
        var alarms = 0
        for _ in 0..<150
        where VanishedCategories(draws.sides(1_000, 200)).categories.contains(where: { $0.adjustedPValue < 0.05 }) {
            alarms += 1
        }
        #expect(alarms < 17)
    }
}
