import LeewayMonitor
import Testing

@Suite struct ShareRatioTests {
    /// Counts, then the ends of the interval, the upper one infinite where there is none.
    private static let examples: [(counts: [Int], ends: [Double])] = [
        ([36, 40, 16, 80], [2.9395691921543126, 7.152223437244267]),
        ([20, 1_000, 11, 2_000], [1.776318519367694, 7.443420585788775]),
        ([0, 50, 7, 90], [0, 0.9402981100527666]), ([9, 100, 0, 400], [9.43575395316205, .infinity]),
        ([3, 10, 3, 12], [0.3263320120255031, 4.3509960569568]),
        ([450, 1_000, 4_000, 10_000], [1.044487077093209, 1.2076417415535923]),
    ]

    // Oracle: Koopman's statistic with the likeliest shares found by scipy 1.17.1 minimize_scalar, its roots by brentq; the first
    // is the example of Koopman 1984, whose interval is (2.94, 7.15).
    @Test(arguments: examples)
    func `the interval is Koopman's`(counts: [Int], ends: [Double]) {
        let ratio = ShareRatio(window: counts[0], of: counts[1], reference: counts[2], of: counts[3])
        let upper = ratio.upper ?? .infinity
        #expect(abs(ratio.lower - ends[0]) <= 1e-7 * ends[0])
        #expect(upper == ends[1] || abs(upper - ends[1]) < 1e-7 * ends[1])
        let shares = [Double(counts[0]) / Double(counts[1]), Double(counts[2]) / Double(counts[3])]
        #expect([ratio.windowShare, ratio.referenceShare] == shares)
        #expect(ratio.ratio == (counts[2] > 0 ? shares[0] / shares[1] : nil))
    }

    @Test func `nothing, everything and huge counts have an interval`() throws {
        let nothing = ShareRatio(window: 0, of: 5, reference: 0, of: 5)
        #expect(nothing.ratio == nil && nothing.lower == 0 && nothing.upper == nil)
        let all = ShareRatio(window: 30, of: 30, reference: 40, of: 40)
        #expect(all.ratio == 1 && all.lower > 0.85 && all.lower < 1)
        #expect(try #require(all.upper) > 1 && all.upper ?? 0 < 1.15)
        let huge = ShareRatio(window: 1 << 51, of: 1 << 53, reference: 1 << 50, of: 1 << 53)
        #expect(huge.ratio == 2 && huge.lower > 1.999999 && huge.upper ?? 0 < 2.000001)
    }

    @Test func `in words`() {
        func words(_ a: Int, _ b: Int) -> String {
            ShareRatio(window: a, of: 1_000, reference: b, of: 1_000).description
        }
        #expect(words(310, 100) == "3.1 times more frequent")
        #expect(words(100, 250) == "2.5 times rarer")
        #expect(words(10, 0) == "only in the window")
        #expect(words(0, 10) == "only in the reference")
        #expect(words(515, 500) == "1.03 times more frequent")
    }
}
