import LeewayStats
import Testing

@testable import LeewayMonitor

@Suite struct BridgeMaximumTests {
    private static let four = BridgeMaximum(
        CellGroups(OrderedSamples.cells([1, 4, 3, 2], [10, 40, 30, 20]), finest: 0.001))
    private static let untied = BridgeMaximum(
        CellGroups(
            OrderedSamples.cells(Array(repeating: 1, count: 5_000), Array(repeating: 1, count: 5_000)), finest: 0.01))

    // Oracle: scipy 1.17.1, 1 − multivariate_normal.cdf([b] * 3, cov, lower_limit=[-b] * 3), the bridge at .1, .5 and .8.
    @Test(arguments: [(0.3, 0.8068012916), (0.6, 0.3362305307), (1.0, 0.0554772272), (1.4, 0.0055107064)])
    func `tails match scipy's`(bound: Double, tail: Double) {
        #expect(abs(Self.four.upperTail(bound) - tail) < 2e-7)
    }

    // Oracle: the sum of the same over b.
    @Test func `the mean matches scipy's`() {
        #expect(isClose(Self.four.mean(), 0.52778, 0.01))
        #expect(isClose(Self.untied.mean(), BridgeMaximum.untiedMean, 0.01))
    }

    @Test(arguments: [0.5, 0.8, 1.0, 1.36, 1.63, 2]) func `without ties it is Kolmogorov's distribution`(bound: Double)
    {
        #expect(abs(Self.untied.upperTail(bound) - KolmogorovDistribution.upperTail(bound)) < 1e-6)
    }

    @Test func `far out the sum of the tails is close`() {
        for bound in [1.5, 2, 3] {
            #expect(Self.four.sumOfTails(bound) >= Self.four.upperTail(bound) - 1e-7)
            #expect(Self.four.sumOfTails(bound) < 1.05 * Self.four.upperTail(bound) + 1e-7)
        }
        // Without ties it is a bound, and no more.
        for bound in [1.5, 2, 3, 5] {
            let tail = KolmogorovDistribution.upperTail(bound)
            #expect(Self.untied.sumOfTails(bound) >= tail && Self.untied.sumOfTails(bound) < 200 * tail)
        }
    }

    // Law: two values are one normal variable.
    @Test func `two values are one normal variable`() {
        let two = BridgeMaximum(CellGroups(OrderedSamples.cells([8, 2], [80, 20]), finest: 0.001))
        for bound in [0.2, 0.5, 1, 1.4] {
            #expect(abs(two.upperTail(bound) - 2 * NormalDistribution.upperTail(bound / 0.4)) < 1e-6)
        }
        #expect(isClose(two.mean(), 0.4 * (2 / Double.pi).squareRoot(), 0.01))
        let one = BridgeMaximum(CellGroups(OrderedSamples.cells([8], [80]), finest: 0.001))
        #expect(one.upperTail(0.1) == 0 && one.upperTail(0) == 1)
    }
}
