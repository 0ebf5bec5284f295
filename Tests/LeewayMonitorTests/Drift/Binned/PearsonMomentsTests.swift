import Testing

@testable import LeewayMonitor

@Suite struct PearsonMomentsTests {
    // Oracle: mean, second and third central moment of X² over all tables with the margins c and m, by enumeration with
    // scipy 1.17.1's multivariate_hypergeom.
    @Test(arguments: [
        ([48, 38, 22, 12], 20, 3.025210084033605, 5.84208179099576, 23.60280175644194),
        ([30, 20, 10], 30, 2.033898305084749, 3.927486052102397, 14.354957870590399),
        ([100, 5, 5], 22, 2.018348623853208, 4.021964979950451, 22.390259007726716),
    ])
    func `the moments are those of all tables with these margins`(
        rows: [Int], window: Int, mean: Double, variance: Double, third: Double
    ) {
        var left = window
        let moments = PearsonMoments(
            rows.map { all in
                let own = min(all, left)
                left -= own
                return .init(reference: all - own, window: own)
            })
        #expect(isClose(moments.mean, mean, 1e-12))
        // Terms in 1/N² are left out: 1/3,600 of the second.
        #expect(isClose(moments.variance, variance, 0.03))
        #expect(isClose(moments.third, third, 0.05))
    }

    @Test func `many rows bring it to the chi-square distribution`() {
        let moments = PearsonMoments(Array(repeating: .init(reference: 1 << 48, window: 1 << 47), count: 9))
        #expect(isClose(moments.mean, 8) && isClose(moments.variance, 16) && isClose(moments.third, 64))
        // Oracle: scipy 1.17.1, chi2.sf(30, 8).
        #expect(isClose(moments.upperTail(30), 0.00021137850346676803, 1e-6))
    }

    @Test func `nothing beyond 0 is certain, everything beyond a huge statistic next to impossible`() {
        for bins in [
            [JoinedBins.Bin(reference: 1, window: 1), .init(reference: 3, window: 1)],
            [
                JoinedBins.Bin(reference: 40_000, window: 1_000), .init(reference: 20, window: 0),
                .init(reference: 5, window: 1),
            ],
        ] {
            let moments = PearsonMoments(bins)
            #expect(moments.upperTail(0) == 1)
            #expect(moments.upperTail(1e6) < 1e-3 && moments.upperTail(1e6) >= 0)
        }
    }
}
