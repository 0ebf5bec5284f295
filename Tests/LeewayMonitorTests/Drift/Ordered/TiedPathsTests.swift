import LeewayStats
import Testing

@testable import LeewayMonitor

@Suite struct TiedPathsTests {
    private static func share(_ n: Int, _ m: Int, _ bound: Int, _ ties: [Int]) -> Double {
        var paths = TiedPaths(n, m, bound: bound)
        for tie in ties where !paths.cross(tie) { return 1 }
        return paths.share
    }

    // Law: ties that are crossed at once and row by row are the same ties; the latter are `KolmogorovDistribution`'s.
    @Test(arguments: [
        [500, 300, 200, 100], [920, 80, 60, 40], [1, 1, 1_000, 1, 97], [10, 1_090], [1_099, 1], [550, 1, 549],
    ])
    func `ties are crossed at once as row by row`(ties: [Int]) {
        for bound in [1, 3_000, 7_000, 12_000, 20_000, 60_000, 100_000] {
            let statistic = Double(bound) / 100_000
            let expected = KolmogorovDistribution.twoSampleExact(
                n: 100, m: 1_000, statistic: statistic, tieGroups: ties)
            // Steps of D are multiples of the greatest common divisor.
            let share = Self.share(1_000, 100, (bound + 99) / 100 * 100, ties)
            let multiple = Double((statistic * 1_000).rounded(.toNearestOrEven))
            guard multiple * 100 == Double((bound + 99) / 100 * 100) else { continue }
            #expect(abs(share - expected) <= 1e-9 * expected + 1e-16)
        }
    }

    @Test func `without ties all orders count`() {
        for (n, m, bound) in [(9, 7, 33), (60, 45, 480), (40, 400, 4_000), (1, 1, 1), (1, 9, 9)] {
            let expected = KolmogorovDistribution.twoSampleExact(n: n, m: m, statistic: Double(bound) / Double(n * m))
            let share = Self.share(n, m, bound, Array(repeating: 1, count: n + m))
            #expect(isClose(share, expected, 1e-11))
        }
    }

    @Test func `a cost is what is the least`() {
        let paths = TiedPaths(100, 40_000, bound: 400_000)
        #expect(paths.cost(36_000, after: 2_000) < 100_000)
        #expect(paths.cost(1, after: 2_000) < 100)
    }
}
