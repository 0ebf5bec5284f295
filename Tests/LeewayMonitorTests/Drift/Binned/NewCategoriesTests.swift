import LeewayLearn
import LeewayMonitor
import Testing

@Suite struct NewCategoriesTests {
    // Oracle: scipy 1.17.1, hypergeom(150, 3, 50).sf(2) and binomtest(7, 100).proportion_ci(method="wilson").
    @Test func `where the reference saw nothing rare it is the chance that all such rows fell to the window`() {
        let new = NewCategories(BinnedSides(reference: [60, 40, 0], window: [27, 20, 3]))
        #expect(new.rows == 3 && new.share == 0.06 && new.expectedShare == 0)
        #expect(isClose(new.pValue, 0.035552330854344276, 1e-10))
        let seven = NewCategories(rows: 7, windowCount: 100, reference: [60, 40])
        #expect(isClose(seven.interval.lower, 0.03431926106727269, 1e-9))
        #expect(isClose(seven.interval.upper, 0.13749514739073504, 1e-9))
    }

    // Oracle: scipy 1.17.1, hypergeom(1100, 12, 100).sf(6): seven new rows beside five categories seen once.
    @Test func `categories that were seen once tell how many have not been seen`() {
        let reference = [500, 495] + Array(repeating: 1, count: 5)
        let new = NewCategories(rows: 7, windowCount: 100, reference: reference)
        #expect(new.expectedShare == 0.005)
        #expect(isClose(new.pValue, 2.270958351182869e-05, 1e-9))
    }

    // Oracle: scipy 1.17.1, hypergeom(1100, 11, 100).sf(5): 7 and 5 divided by 1 + 2 · 4/6 · 1/11, to 6 and 5.
    @Test func `categories that were seen twice tell how much rows come together`() {
        let reference = [500, 487] + Array(repeating: 1, count: 5) + Array(repeating: 2, count: 4)
        let new = NewCategories(rows: 7, windowCount: 100, reference: reference)
        #expect(isClose(new.pValue, 0.00015489396895612751, 1e-9))
    }

    @Test func `no new rows, no reference or no window is no evidence`() {
        #expect(NewCategories(BinnedSides(reference: [60, 40, 0], window: [27, 20, 0])).pValue == 1)
        #expect(NewCategories(rows: 5, windowCount: 9, reference: []).pValue == 1)
        let empty = NewCategories(BinnedSides(reference: [60, 40, 0], window: [0, 0, 0]))
        #expect(empty.pValue == 1 && empty.share == 0 && empty.interval.lower == 0 && empty.interval.upper == 1)
    }

    @Test(arguments: [
        (BinDraws.zipf(1_000), 800, 800), (Array(repeating: 1.0, count: 1_000), 1_000, 3_000),
        (BinDraws.zipf(300), 1_000, 100),
    ])
    func `unseen categories of a long tail are alarms no more often than stated`(
        shares: [Double], reference: Int, window: Int
    ) {
        var draws = BinDraws(shares: shares, seed: 23)
        var (often, rarely, expected, share) = (0, 0, 0.0, 0.0)
        for _ in 0..<150 {
            let new = NewCategories(draws.sides(reference, window))
            if new.pValue < 0.05 { often += 1 }
            if new.pValue < 0.0025 { rarely += 1 }
            expected += new.expectedShare / 150
            share += new.share / 150
        }
        #expect(often < 17 && rarely < 4)
        #expect(isClose(share, expected, 0.05))
    }

    @Test func `many rows are evidence whatever the counts`() {
        #expect(NewCategories(BinnedSides(reference: [40_000, 0], window: [970, 30])).pValue < 1e-40)
        let huge = NewCategories(BinnedSides(reference: [1 << 50, 0], window: [0, 1 << 50]))
        #expect(huge.pValue == 0 && huge.share == 1)
    }
}
