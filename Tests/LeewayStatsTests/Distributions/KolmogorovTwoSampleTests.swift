import LeewayStats
import Testing

@Suite struct KolmogorovTwoSampleTests {
    // Oracle: scipy 1.17.1, the exact p-value of ks_2samp(method="exact") for samples of n and m and a statistic of
    // numerator / denominator.
    @Test(arguments: [
        (1, 1, 1, 1, 1.0), (1, 2, 1, 2, 1.0), (3, 7, 13, 21, 0.25), (3, 7, 20, 21, 0.01666666666666667),
        (5, 5, 2, 5, 0.873015873015873), (5, 5, 5, 5, 0.007936507936507936), (10, 15, 12, 30, 0.2521145633206476),
        (37, 41, 103, 1_517, 0.9998047278679428), (37, 41, 468, 1_517, 0.03666754775910065),
        (37, 41, 1_032, 1_517, 3.588745973270098e-09), (100, 250, 65, 500, 0.16672269337782397),
        (333, 1_000, 42_137, 333_000, 0.0006019215401340468), (1_000, 1_000, 18, 1_000, 0.9969602438295625),
        (1_000, 1_000, 61, 1_000, 0.04839715079181246), (999, 1_000, 22_344, 999_000, 0.9568966368813858),
        (999, 1_000, 223_439, 999_000, 1.8222319213078035e-22), (1, 10_000, 8_000, 10_000, 0.4001599840016017),
        (2_000, 10_000, 367, 10_000, 0.02207476776859441),
        (9_999, 10_000, 1_923_186, 99_990_000, 0.048863097253693144),
    ])
    func `the exact p-value matches scipy`(n: Int, m: Int, numerator: Int, denominator: Int, share: Double) {
        let statistic = Double(numerator) / Double(denominator)
        #expect(relativeError(KolmogorovDistribution.twoSampleExact(n: n, m: m, statistic: statistic), share) < 1e-12)
        #expect(relativeError(KolmogorovDistribution.twoSampleExact(n: m, m: n, statistic: statistic), share) < 1e-12)
    }

    // Oracle: scipy 1.17.1, ks_2samp(x, y) on samples of normal numbers, statistic and p-value as it gave them.
    @Test func `the automatic choice matches scipy`() {
        let small = KolmogorovDistribution.twoSample(n: 40, m: 60, statistic: 0.23333333333333334)
        #expect(relativeError(small, 0.13155488423493572) < 1e-12)
        for (n, m, statistic, share) in [
            (10_001, 20, 0.2581591840815919, 0.11558249702260415),
            (15_000, 12_000, 0.009149999999999991, 0.6286094822262692),
            (300_000, 200_000, 0.003123333333333367, 0.1918441951470511),
        ] {
            #expect(relativeError(KolmogorovDistribution.twoSample(n: n, m: m, statistic: statistic), share) < 1e-9)
        }
        // The last size that is taken exactly, and the first that is not.
        let (last, first) = (
            KolmogorovDistribution.twoSample(n: 3, m: 10_000, statistic: 0.6),
            KolmogorovDistribution.twoSample(n: 3, m: 10_001, statistic: 0.6)
        )
        #expect(last == KolmogorovDistribution.twoSampleExact(n: 3, m: 10_000, statistic: 0.6))
        #expect(first == KolmogorovDistribution.twoSampleAsymptotic(n: 3, m: 10_001, statistic: 0.6))
        #expect(first != KolmogorovDistribution.twoSampleExact(n: 3, m: 10_001, statistic: 0.6))
        // ks_2samp(x, y, method="asymp") of the first pair.
        let asymptotic = KolmogorovDistribution.twoSampleAsymptotic(n: 60, m: 40, statistic: 0.23333333333333334)
        #expect(relativeError(asymptotic, 0.1242508884753073) < 1e-11)
    }

    @Test func `the sum for equal sizes is the share of paths`() {
        // No ties, said in so many words, takes the way of unequal sizes.
        for (size, statistic) in [(1, 1.0), (7, 3.0 / 7), (60, 0.05), (60, 0.25), (500, 0.09), (500, 0.3)] {
            let sum = KolmogorovDistribution.twoSampleExact(n: size, m: size, statistic: statistic)
            let paths = KolmogorovDistribution.twoSampleExact(
                n: size, m: size, statistic: statistic, tieGroups: [Int](repeating: 1, count: 2 * size))
            #expect(relativeError(sum, paths) < 1e-12)
        }
    }

    @Test(arguments: [
        (3, 4, [1, 1, 1, 1, 1, 1, 1]), (3, 4, [2, 1, 3, 1]), (5, 5, [4, 1, 1, 4]), (6, 4, [1, 8, 1]),
        (2, 8, [5, 5]), (7, 5, [1, 2, 3, 3, 2, 1]), (1, 6, [3, 4]), (8, 6, [1, 1, 2, 2, 3, 5]), (4, 4, [8]),
    ])
    func `the p-value given ties is the share of all ways to deal`(n: Int, m: Int, groups: [Int]) {
        let counts = Self.splits(n: n, m: m, groups: groups)
        let total = counts.values.reduce(0, +)
        for (distance, _) in counts {
            let atLeast = counts.filter { $0.key >= distance }.values.reduce(0, +)
            let share = KolmogorovDistribution.twoSampleExact(
                n: n, m: m, statistic: Double(distance) / Double(n * m), tieGroups: groups)
            #expect(relativeError(share, Double(atLeast) / Double(total)) < 1e-14)
        }
    }

    @Test func `ties make the p-value smaller and empty groups change nothing`() {
        let untied = KolmogorovDistribution.twoSampleExact(n: 1_000, m: 900, statistic: 0.06)
        let tied = KolmogorovDistribution.twoSampleExact(
            n: 1_000, m: 900, statistic: 0.06, tieGroups: [700, 0, 500, 700])
        #expect(tied < untied / 2)
        let same = KolmogorovDistribution.twoSampleExact(n: 1_000, m: 900, statistic: 0.06, tieGroups: [700, 500, 700])
        #expect(same == tied)
    }

    @Test func `no distance is no evidence and the greatest is the rarest split`() {
        #expect(KolmogorovDistribution.twoSampleExact(n: 5, m: 9, statistic: 0) == 1)
        #expect(KolmogorovDistribution.twoSample(n: 20_000, m: 9, statistic: 0) == 1)
        #expect(KolmogorovDistribution.twoSampleAsymptotic(n: 1, m: 1, statistic: 1) == 1)
        // All of one sample below all of the other: 2 of C(20, 6) ways.
        let share = KolmogorovDistribution.twoSampleExact(n: 6, m: 14, statistic: 1)
        #expect(relativeError(share, 2.0 / 38_760) < 1e-14)
        // One value all through has only the distance 0; any other can't happen.
        #expect(KolmogorovDistribution.twoSampleExact(n: 5, m: 5, statistic: 0, tieGroups: [10]) == 1)
        #expect(KolmogorovDistribution.twoSampleExact(n: 5, m: 5, statistic: 0.2, tieGroups: [10]) == 0)
        // C(20000, 10000) is far beyond a double's range.
        #expect(KolmogorovDistribution.twoSampleExact(n: 10_000, m: 10_000, statistic: 1) == 0)
    }

    /// How many of the C(n + m, n) ways to deal give each distance |i · m − j · n|, counted one by one.
    private static func splits(n: Int, m: Int, groups: [Int]) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for choice in 0..<(1 << (n + m)) where choice.nonzeroBitCount == n {
            var (position, first, greatest) = (0, 0, 0)
            for group in groups {
                for _ in 0..<group {
                    first += choice >> position & 1
                    position += 1
                }
                greatest = max(greatest, abs(first * m - (position - first) * n))
            }
            counts[greatest, default: 0] += 1
        }
        return counts
    }
}
