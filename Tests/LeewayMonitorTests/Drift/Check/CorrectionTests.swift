import LeewayMonitor
import Testing

@Suite struct CorrectionTests {
    private static let pValues = [0.01, 0.04, 0.03, 0.005, 0.2, 0.03, 1.0]

    // Oracle: statsmodels 0.15.0, multipletests(p, method=…)[1].
    @Test(arguments: [
        (Correction.holm, [0.06, 0.15, 0.15, 0.035, 0.4, 0.15, 1]),
        (.benjaminiHochberg, [0.035, 0.056, 0.0525, 0.035, 0.23333333333333336, 0.0525, 1]),
        (.bonferroni, [0.07, 0.28, 0.21, 0.035, 1, 0.21, 1]), (.none, [0.01, 0.04, 0.03, 0.005, 0.2, 0.03, 1]),
    ])
    func `matches statsmodels`(_ correction: Correction, _ expected: [Double]) {
        for (adjusted, wanted) in zip(correction.adjusted(Self.pValues), expected) {
            #expect(abs(adjusted - wanted) < 1e-15)
        }
    }

    @Test(arguments: Correction.allCases)
    func `one p-value stays as it is, and none are none`(_ correction: Correction) {
        #expect(correction.adjusted([0.03]) == [0.03])
        #expect(correction.adjusted([]) == [])
    }

    @Test(arguments: Correction.allCases)
    func `the order of the p-values stays, and none gets smaller`(_ correction: Correction) {
        let adjusted = correction.adjusted(Self.pValues)
        for (place, value) in adjusted.enumerated() {
            #expect(value >= Self.pValues[place] && value <= 1)
            for (other, theirs) in adjusted.enumerated() where Self.pValues[place] < Self.pValues[other] {
                #expect(value <= theirs)
            }
        }
    }
}
