import LeewayMonitor
import Testing

@Suite struct ChiSquareTests {
    // Oracle: scipy 1.17.1, chi2_contingency([reference, window], correction=False).
    @Test(arguments: [
        (BinnedSamples.even, 3.6365271307304448, 0.3034818980844797),
        (.five, 62.37407364389959, 9.190158427113349e-13), (.two, 4.584516917766342, 0.03226206422895077),
        (.twelve, 11.067649863490338, 0.43761331569083056),
    ])
    func `with 200 rows expected in each bin it is scipy's`(samples: BinnedSamples, statistic: Double, p: Double) {
        let result = ChiSquare().evaluate(samples.sides)
        #expect(isClose(result.statistic, statistic))
        #expect(isClose(result.pValue, p, 1e-11))
    }

    // Oracle: scipy 1.17.1 for the statistic; for p all tables with these margins, enumerated with multivariate_hypergeom.
    @Test(arguments: [
        (BinnedSamples.small, 3.664202054570438, 0.16621008747732618, 0.1),
        (BinnedSamples(reference: [500, 30, 20], window: [40, 8, 2]), 8.670436421632598, 0.019261172778313303, 0.25),
        (
            BinnedSamples(reference: [900, 60, 40], window: [80, 15, 5]), 12.042630385487529, 0.003714580983593668, 0.25
        ),
        (
            BinnedSamples(reference: [500, 30, 20], window: [36, 12, 2]), 24.370473488519618, 0.00012373053228915254,
            0.35
        ),
    ])
    func `with fewer it is near the exact p-value`(
        samples: BinnedSamples, statistic: Double, p: Double, tolerance: Double
    ) {
        let result = ChiSquare().evaluate(samples.sides)
        #expect(isClose(result.statistic, statistic))
        #expect(isClose(result.pValue, p, tolerance))
    }

    // Oracle: scipy 1.17.1, fisher_exact([[12, 88], [30, 470]]).
    @Test func `two bins of few rows are Fisher's exact test`() {
        let result = ChiSquare().evaluate(BinnedSides(reference: [30, 470], window: [12, 88]))
        #expect(isClose(result.pValue, 0.04989794027158016, 1e-10))
    }

    // Oracle: scipy 1.17.1, chi2_contingency([[900, 90, 10], [80, 15, 5]], correction=False), bins 3 to 5 added up.
    @Test func `rare bins are joined until a row is expected`() {
        let result = ChiSquare().evaluate(BinnedSides(reference: [900, 90, 6, 3, 1], window: [80, 15, 3, 1, 1]))
        #expect(isClose(result.statistic, 15.115646258503405))
    }

    // Oracle: numpy 2.3, sqrt(sum((p - q)**2 / ((p + q) / 2))).
    @Test(arguments: [
        (BinnedSamples.even, 0.0632886114018899), (.five, 0.13300942140523273), (.small, 0.4212627318711346),
        (.empty, 1.063632046956621), (.apart, 2),
    ])
    func `the distance is a two-sample w`(samples: BinnedSamples, distance: Double) {
        #expect(isClose(ChiSquare().evaluate(samples.sides).distance, distance))
    }

    // Oracle: scipy 1.17.1, hypergeom(40030, 30, 1000).pmf(30): all rows of the new category fall to the window.
    @Test func `a new category with many rows is not hidden by rare ones`() throws {
        let rare = Array(repeating: 15, count: 20)
        let sides = BinnedSides(
            reference: [30_000, 9_700] + rare + [0], window: [735, 235] + Array(repeating: 0, count: 20) + [30])
        let pValue = try #require(ChiSquare().evaluate(sides).pValue)
        #expect(pValue < 1e-30)
        let alone = BinnedSides(reference: [30_000, 10_000, 0], window: [728, 242, 30])
        #expect(try #require(ChiSquare().evaluate(alone).pValue) < 1e-30)
        // Three rows are few, but no reference of 40,000 rows has missed a category that is one of ten.
        let few = BinnedSides(reference: [30_000, 10_000, 0], window: [20, 7, 3])
        #expect(try #require(ChiSquare().evaluate(few).pValue) < 1e-7)
    }

    // Oracle: scipy 1.17.1, fisher_exact([[20, 980], [3, 40000]]): 7.6e-30.
    @Test func `a rare category that grew is not hidden in a bin of many rows`() throws {
        let result = ChiSquare().evaluate(BinnedSides(reference: [30_000, 10_000, 3], window: [730, 250, 20]))
        #expect(try #require(result.pValue) < 1e-28)
        #expect(result.statistic > 500)
    }

    @Test func `a single row of a category that none of 40,000 had is evidence`() throws {
        let result = ChiSquare().evaluate(BinnedSides(reference: [20_000, 20_000, 0], window: [0, 0, 1]))
        #expect(isClose(result.pValue, 1 / 40_001, 1e-9))
    }

    @Test func `unseen categories are no drift where the reference saw many just once`() throws {
        var draws = BinDraws(shares: BinDraws.zipf(5_000), seed: 3)
        var alarms = 0
        for _ in 0..<100 where try #require(ChiSquare().evaluate(draws.sides(1_000, 1_000)).pValue) < 0.05 {
            alarms += 1
        }
        // 5 are expected; 12 and more come with a chance of 4 in 1,000.
        #expect(alarms < 12)
    }

    @Test(arguments: [
        ([0.9, 0.05, 0.03, 0.02], 1_000, 100), (BinDraws.zipf(20), 1_000, 50),
        (BinDraws.zipf(100), 500, 150),
    ])
    func `windows without drift are alarms as often as stated`(shares: [Double], reference: Int, window: Int) throws {
        var draws = BinDraws(shares: shares, seed: 5)
        var (often, rarely) = (0, 0)
        for _ in 0..<1_000 {
            let pValue = try #require(ChiSquare().evaluate(draws.sides(reference, window)).pValue)
            if pValue < 0.05 { often += 1 }
            if pValue < 0.0025 { rarely += 1 }
        }
        // 50 and 2.5 are expected; the bounds are three standard deviations off.
        #expect(often > 29 && often < 71)
        #expect(rarely < 8)
    }

    // Oracle: scipy 1.17.1, chi2_contingency of the same counts; statistic 16.00, p = 3.3546e-4.
    @Test func `huge counts keep their digits`() {
        let (half, quarter) = (1 << 50, 1 << 49)
        let sides = BinnedSides(
            reference: [half, quarter, quarter], window: [half + 1 << 27, quarter - 1 << 26, quarter - 1 << 26])
        let result = ChiSquare().evaluate(sides)
        #expect(isClose(result.statistic, 16, 1e-7))
        #expect(isClose(result.pValue, 0.00033546262790, 1e-6))
    }
}
