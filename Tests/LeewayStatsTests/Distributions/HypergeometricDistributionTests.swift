import LeewayStats
import Testing

@Suite struct HypergeometricDistributionTests {
    // Oracle: scipy 1.17.1, scipy.stats.hypergeom.pmf(k, N, K, n), .cdf(k, N, K, n), .sf(k - 1, N, K, n).
    @Test(arguments: [
        ([20, 7, 12, 6], [0.0953560371517028, 0.9897832817337461, 0.10557275541795666]),
        ([20, 7, 12, 2], [0.047678018575851404, 0.05211558307533541, 0.995562435500516]),
        ([100, 100, 3, 3], [1, 1, 1]), ([50, 0, 10, 0], [1, 1, 1]),
        ([10_000, 300, 5_000, 190], [7.134300564695878e-07, 0.999999104929805, 1.608500251496687e-06]),
        ([20_100, 2_000, 100, 31], [3.656777629254406e-09, 0.9999999988931473, 4.763630346909961e-09]),
        ([1_000_000, 1_000, 500_000, 430], [1.3551412327082428e-06, 5.300903471430514e-06, 0.9999960542377613]),
        ([40_000, 20_000, 20_000, 9_900], [0.001079871073206215, 0.023294791841283684, 0.9777850792319236]),
        ([9, 5, 5, 1], [0.03968253968253967, 0.03968253968253967, 1]),
    ])
    func `probabilities and tails are those of scipy`(numbers: [Int], expected: [Double]) {
        let rows = HypergeometricDistribution(total: numbers[0], marked: numbers[1], draws: numbers[2])
        #expect(relativeError(rows.probability(of: numbers[3]), expected[0]) < 1e-9)
        #expect(relativeError(rows.lowerTail(to: numbers[3]), expected[1]) < 1e-9)
        #expect(relativeError(rows.upperTail(from: numbers[3]), expected[2]) < 1e-9)
    }

    @Test(arguments: [[0, 0, 0], [1, 1, 1], [7, 3, 4], [30, 12, 25], [64, 32, 32]])
    func `the probabilities of all counts sum to 1, and tails are their sums`(numbers: [Int]) {
        let rows = HypergeometricDistribution(total: numbers[0], marked: numbers[1], draws: numbers[2])
        var sum = 0.0
        for count in rows.support {
            sum += rows.probability(of: count)
            #expect(abs(rows.lowerTail(to: count) - sum) < 1e-13)
            #expect(abs(rows.upperTail(from: count + 1) - (1 - sum)) < 1e-13)
        }
        #expect(abs(sum - 1) < 1e-13)
        #expect(rows.probability(of: rows.support.upperBound + 1) == 0)
        #expect(rows.upperTail(from: rows.support.lowerBound) == 1 && rows.lowerTail(to: rows.support.upperBound) == 1)
    }
}
