import LeewayLearn
import LeewayMonitor
import Testing

/// What holds of every test of bins.
@Suite struct BinnedTestLawsTests {
    @Test func `there is one for each method of bins`() {
        let methods = Set(BinnedSamples.tests.map { type(of: $0).method })
        #expect(
            methods == [
                .chiSquare, .gTest, .populationStabilityIndex, .jensenShannon, .hellinger, .totalVariation, .lInfinity,
                .combined,
            ])
    }

    @Test(arguments: BinnedSamples.edges) func `every number of a result is finite and in its place`(
        samples: BinnedSamples
    ) {
        for sides in [samples.sides, samples.exchanged] {
            for test in BinnedSamples.tests {
                let result = test.evaluate(sides)
                let numbers = [
                    result.statistic, result.distance, result.noise, result.interval.lower, result.interval.upper,
                ]
                #expect(numbers.allSatisfy { $0.isFinite && $0 >= 0 }, "\(result)")
                if let pValue = result.pValue { #expect(pValue >= 0 && pValue <= 1, "\(result)") }
                #expect(
                    result.interval.lower <= result.distance && result.distance <= result.interval.upper, "\(result)")
            }
        }
    }

    @Test(arguments: BinnedSamples.edges) func `equal shares are no distance and no evidence`(samples: BinnedSamples) {
        for test in BinnedSamples.tests {
            let result = test.evaluate(BinnedSides(reference: samples.reference, window: samples.reference))
            #expect(result.distance == 0 && result.statistic == 0 && result.interval.lower == 0, "\(result)")
            #expect(result.pValue == nil || result.pValue == 1, "\(result)")
        }
    }

    @Test(arguments: [BinnedSamples.even, .five, .two, .twelve, .small])
    func `neither side is the first, and the order of bins means nothing`(samples: BinnedSamples) {
        let reversed = BinnedSides(reference: samples.reference.reversed(), window: samples.window.reversed())
        for test in BinnedSamples.tests {
            let result = test.evaluate(samples.sides)
            for other in [test.evaluate(samples.exchanged), test.evaluate(reversed)] {
                #expect(isClose(other.distance, result.distance) && isClose(other.noise, result.noise, 1e-10))
                #expect(isClose(other.statistic, result.statistic))
                #expect(isClose(other.interval.upper, result.interval.upper, 1e-9))
                if let pValue = result.pValue { #expect(isClose(other.pValue, pValue, 1e-9)) }
            }
        }
    }

    @Test func `bins that are empty on both sides are not there`() {
        let sides = BinnedSides(reference: [0, 50, 0, 30, 20, 0], window: [0, 12, 0, 4, 9, 0])
        for test in BinnedSamples.tests { #expect(test.evaluate(sides) == test.evaluate(BinnedSamples.small.sides)) }
    }

    @Test func `more rows of the same shares are more evidence, less noise and no more distance`() {
        for test in BinnedSamples.tests {
            let few = test.evaluate(BinnedSides(reference: [600, 400], window: [70, 30]))
            let many = test.evaluate(BinnedSides(reference: [600_000, 400_000], window: [70_000, 30_000]))
            #expect(isClose(many.distance, few.distance))
            #expect(many.noise < few.noise / 30)
            if let pValue = many.pValue { #expect(pValue < 1e-100) }
            #expect(many.interval.lower > few.interval.lower && many.interval.upper < few.interval.upper)
            #expect(few.interval.lower <= many.interval.lower && many.interval.upper <= few.interval.upper)
        }
    }

    // Oracle: the exact mean over all tables with these margins, by enumeration with scipy 1.17.1's multivariate_hypergeom;
    // of the root-like ones the root of the mean of the square.
    @Test(arguments: [
        (
            BinnedSamples(reference: [45, 30, 16, 9], window: [15, 10, 4, 1]),
            [0.36578, 0.133382, 0.138182, 0.13715, 0.133346, 0.117252]
        ),
        (
            BinnedSamples(reference: [12, 12], window: [8, 8]),
            [0.327376, 0.11657, 0.117001, 0.110346, 0.126236, 0.126236]
        ),
    ])
    func `the noise is the mean of all tables with these margins`(samples: BinnedSamples, means: [Double]) {
        let tests: [any BinnedDriftTest] = [
            ChiSquare(), JensenShannon(), Hellinger(), PopulationStabilityIndex(), TotalVariation(), LInfinity(),
        ]
        for (test, mean) in zip(tests, means) where mean > 0 {
            #expect(isClose(test.evaluate(samples.sides).noise, mean, 0.12), "\(type(of: test)) \(mean)")
        }
    }

    @Test(arguments: [
        (BinDraws.zipf(5), 1_000, 100), (BinDraws.zipf(100), 1_000, 100), (BinDraws.zipf(100), 3_000, 600),
        (BinDraws.zipf(1_000), 1_000, 250), (Array(repeating: 1.0, count: 100), 800, 1_600),
    ])
    func `the noise is what windows without drift have`(shares: [Double], reference: Int, window: Int) {
        var draws = BinDraws(shares: shares, seed: 11)
        var sums = Array(repeating: (distance: 0.0, square: 0.0, noise: 0.0), count: BinnedSamples.tests.count)
        for _ in 0..<80 {
            let sides = draws.sides(reference, window)
            for (place, test) in BinnedSamples.tests.enumerated() {
                let result = test.evaluate(sides)
                sums[place].distance += result.distance / 80
                sums[place].square += result.distance * result.distance / 80
                sums[place].noise += result.noise / 80
            }
        }
        for (test, sum) in zip(BinnedSamples.tests, sums) {
            let method = type(of: test).method
            // Its noise is that of the one of two tests that tells of more.
            guard method != .combined else { continue }
            let isMean = [.totalVariation, .lInfinity, .populationStabilityIndex].contains(method)
            #expect(isClose(sum.noise, isMean ? sum.distance : sum.square.squareRoot(), 0.1), "\(method) \(sum)")
        }
    }

    /// Shares before and after.
    private static let moves: [(shares: [Double], moved: [Double])] = [
        (Array(repeating: 1, count: 5), [1, 1, 1.5, 1, 1]),
        (BinDraws.zipf(20), [1.2] + BinDraws.zipf(20).dropFirst()),
        ([0.5, 0.5], [0.6, 0.4]),
    ]

    @Test(arguments: moves)
    func `the interval has the true distance 9 times of 10 and more`(shares: [Double], moved: [Double]) {
        let huge = 1e12
        func counts(_ shares: [Double]) -> [Int] {
            let total = shares.reduce(0, +)
            return shares.map { Int($0 / total * huge) }
        }
        let truth = BinnedSides(reference: counts(shares), window: counts(moved))
        var (reference, window) = (BinDraws(shares: shares, seed: 1), BinDraws(shares: moved, seed: 2))
        var inside = Array(repeating: 0, count: BinnedSamples.tests.count)
        let true0 = BinnedSamples.tests.map { $0.evaluate(truth).distance }
        for _ in 0..<150 {
            let sides = BinnedSides(reference: reference.counts(2_000), window: window.counts(500))
            for (place, test) in BinnedSamples.tests.enumerated() {
                let interval = test.evaluate(sides).interval
                if interval.lower <= true0[place], true0[place] <= interval.upper { inside[place] += 1 }
            }
        }
        for (test, count) in zip(BinnedSamples.tests, inside) { #expect(count >= 130, "\(type(of: test)) \(count)") }
    }
}
