import LeewayStats
import Testing

@Suite struct RunningMomentsTests {
    private static func moments(_ values: [Double]) -> RunningMoments {
        var moments = RunningMoments()
        for value in values { moments.add(value) }
        return moments
    }

    // Oracle: numpy 2.4, numpy.mean(x) and numpy.std(x), ddof = 0.
    private static let known: [([Double], Double, Double)] = [
        ([1.5, -2, 1e6, 3, 3], 200_001.1, 399_999.4500041719),
        ([1_000_000_004, 1_000_000_007, 1_000_000_013, 1_000_000_016], 1_000_000_010, 4.743416490252569),
    ]

    @Test(arguments: known)
    func `match numpy`(values: [Double], mean: Double, sd: Double) throws {
        let moments = Self.moments(values)
        #expect(abs(try #require(moments.mean) - mean) <= 1e-14 * abs(mean))
        #expect(abs(try #require(moments.sd) - sd) <= 1e-14 * sd)
    }

    @Test func `of nothing there are none, of one value the deviation is 0, and so of equal ones`() {
        #expect(Self.moments([]).mean == nil && Self.moments([]).sd == nil)
        #expect(Self.moments([0.1]).mean == 0.1 && Self.moments([0.1]).sd == 0)
        let equal = Self.moments(Array(repeating: 0.1, count: 1_000))
        #expect(equal.mean == 0.1 && equal.sd == 0)
    }

    @Test func `what is not finite is left out`() {
        let moments = Self.moments([1, .nan, .infinity, 3, -.infinity])
        #expect(moments.count == 2 && moments.mean == 2 && moments.sd == 1)
    }
}
