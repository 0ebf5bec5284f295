import LeewayStats
import Testing

@Suite struct AndersonDarlingDistributionTests {
    // Oracle: mpmath 1.3.0, 25 digits and more, 1 less the series of integrals of Anderson & Darling (1954).
    @Test(arguments: [
        (0.1, 0.99997192189487364), (0.2, 0.99041254724979411), (0.5, 0.74681437353034448), (1, 0.35726667321401909),
        (1.5, 0.17647537284204971), (2.4924, 0.049998016092422452), (4, 0.0087181869139132869),
        (6, 0.00096745194152092292), (10, 1.3815035410685864e-5), (20, 4.4650715383119218e-10),
        (40, 6.5341264414759556e-19),
    ])
    func `the limit is exact, near and far`(x: Double, share: Double) {
        #expect(relativeError(AndersonDarlingDistribution.upperTail(x), share) < 1e-13)
    }

    @Test func `the limit falls from 1 to 0`() {
        #expect(AndersonDarlingDistribution.upperTail(-1) == 1)
        #expect(AndersonDarlingDistribution.upperTail(0.025) == 1)
        #expect(AndersonDarlingDistribution.upperTail(.infinity) == 0)
        // Far out the first eigenvalue, 2, rules: exp(−x) / √x and a constant.
        let (near, far) = (AndersonDarlingDistribution.upperTail(400), AndersonDarlingDistribution.upperTail(600))
        #expect(relativeError(near / far, 7.225973768125749e86 * (600.0 / 400).squareRoot()) < 1e-3)
        var last = 1.0
        for step in 0..<600 {
            let share = AndersonDarlingDistribution.upperTail(0.03 + Double(step * step) / 1_000)
            #expect(share <= last)
            last = share
        }
    }

    // Oracle: scipy 1.17.1, ((A² - 1) / anderson_ksamp([x, y], variant="continuous").statistic)², A² of
    // scipy.stats._morestats._anderson_ksamp_continuous.
    @Test(arguments: [
        (2, 2, 0.2222222222222222), (10, 20, 0.5143249681950353), (31, 30, 0.5455690558823943),
        (1, 100, 0.6395208209864598), (20, 12, 0.5178355340347489), (1_000, 5_000, 0.5794286896178668),
        (300, 100_000, 0.5801438901222207),
    ])
    func `the two-sample variance matches scipy`(n: Int, m: Int, variance: Double) {
        #expect(relativeError(AndersonDarlingDistribution.twoSampleVariance(n: n, m: m), variance) < 1e-12)
        #expect(relativeError(AndersonDarlingDistribution.twoSampleVariance(n: m, m: n), variance) < 1e-12)
    }

    @Test(arguments: [(1, 3), (2, 3), (4, 4), (3, 8), (6, 7)])
    func `mean and variance are those over all orders`(n: Int, m: Int) {
        let statistics = Self.statistics(n: n, m: m)
        let mean = statistics.reduce(0, +) / Double(statistics.count)
        let variance = statistics.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(statistics.count)
        #expect(relativeError(mean, 1) < 1e-12)
        #expect(relativeError(AndersonDarlingDistribution.twoSampleVariance(n: n, m: m), variance) < 1e-12)
    }

    @Test func `two small samples have nearly the exact p-value`() {
        let statistics = Self.statistics(n: 8, m: 8).sorted(by: >)
        for share in [0.25, 0.1, 0.05, 0.01] {
            let statistic = statistics[Int(share * Double(statistics.count))]
            let exact = Double(statistics.count { $0 >= statistic - 1e-12 }) / Double(statistics.count)
            let ours = AndersonDarlingDistribution.twoSample(n: 8, m: 8, statistic: statistic)
            #expect(relativeError(ours, exact) < 0.1)
        }
    }

    @Test func `two large samples have the limit's p-value`() {
        let ours = AndersonDarlingDistribution.twoSample(n: 1 << 52, m: 1 << 51, statistic: 2.4924)
        #expect(relativeError(ours, 0.049998016092422452) < 1e-9)
        #expect(AndersonDarlingDistribution.twoSample(n: 1, m: 2, statistic: 3) == 1)
    }

    /// A² = Σ (N · Mᵢ − n · i)² / (i · (N − i)) / (nm) of every order, Mᵢ the values of the first sample among the first i.
    private static func statistics(n: Int, m: Int) -> [Double] {
        let total = n + m
        return (0..<(1 << total)).filter { $0.nonzeroBitCount == n }.map { order in
            var (first, sum) = (0, 0.0)
            for i in 1..<total {
                first += order >> (i - 1) & 1
                let gap = Double(total * first - n * i)
                sum += gap * gap / Double(i * (total - i))
            }
            return sum / Double(n * m)
        }
    }
}
