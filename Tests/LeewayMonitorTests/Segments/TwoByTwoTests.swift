import LeewayMonitor
import Testing

@Suite struct TwoByTwoTests {
    // Oracle: scipy 1.17.1, chi2_contingency(t, correction=False, lambda_="log-likelihood").statistic, and twice the smaller of
    // fisher_exact(t, alternative="less").pvalue and "greater".
    @Test(arguments: [
        ([12, 5, 30, 50], 6.275798434346068, 0.025783548457060605),
        ([0, 8, 40, 31], 12.221616429889252, 0.004716490376278828), ([7, 7, 9, 9], 0.0, 1.0),
    ])
    func `gain and p-value are scipy's`(counts: [Int], gain: Double, pValue: Double) {
        let table = TwoByTwo(
            windowInside: counts[0], referenceInside: counts[1], windowOutside: counts[2], referenceOutside: counts[3])
        #expect(abs(table.gain - gain) < 1e-12)
        #expect(abs(table.pValue - pValue) < 1e-12)
    }

    // Oracle: scipy 1.17.1, scipy.stats.chi2.logsf(x, df).
    @Test(arguments: [
        (3.84, 1, -2.9948622271800254), (1_200, 1, -603.77166137485), (1_400, 7, -684.8197000673339),
        (1_300, 50, -549.2998317368301),
    ])
    func `logarithms of tails go on where tails are 0`(x: Double, freedom: Double, logTail: Double) {
        let found = TwoByTwo.logUpperTail(x, degreesOfFreedom: freedom)
        #expect(abs(found - logTail) < 0.05)
        #expect(x > 1_200 || abs(found - logTail) < 1e-2)
    }

    @Test func `empty parts gain nothing`() {
        let table = TwoByTwo(windowInside: 0, referenceInside: 0, windowOutside: 5, referenceOutside: 9)
        #expect(table.gain == 0 && table.pValue == 1)
    }
}
