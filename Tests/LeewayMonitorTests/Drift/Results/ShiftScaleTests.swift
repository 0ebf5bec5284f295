import LeewayLearn
import LeewayMonitor
import Testing

@Suite struct ShiftScaleTests {
    @Test(arguments: [DriftMethod.combined, .chiSquare, .lInfinity, .jensenShannon])
    func `a shift lies in its interval, also where hardly anything is alike`(method: DriftMethod) throws {
        let test = try #require(method.binnedTest)
        for (window, left) in [
            ([0, 0, 0, 900], 100), ([0, 0, 0, 900], 1), ([1, 0, 0, 500], 0), ([40, 30, 30, 0], 0),
        ] {
            var cells = window
            cells[0] += left
            let result = test.evaluate(BinnedSides(reference: [300, 20, 10, 1], window: cells))
            let interval = result.shiftInterval
            #expect(interval.lower <= result.shift && result.shift <= interval.upper, "\(cells): \(result)")
        }
    }

    @Test(arguments: DriftMethod.allCases) func `a greater distance is a greater shift, and back`(method: DriftMethod) {
        var (lastDistance, lastShift) = (-1.0, -1.0)
        for step in 0...1_000 {
            let shift = Double(step) / 125
            let distance = ShiftScale.distance(of: shift, by: method)
            let back = ShiftScale.shift(of: distance, by: method)
            #expect(distance > lastDistance && back > lastShift && abs(back - shift) < (shift > 5 ? 1e-7 : 1e-12))
            (lastDistance, lastShift) = (distance, back)
        }
        for step in 8_000...10_000 {
            let distance = ShiftScale.distance(of: Double(step) / 1_000, by: method)
            #expect(distance >= lastDistance)
            lastDistance = distance
        }
    }

    @Test(arguments: DriftMethod.allCases) func `what is beyond an end is the end`(method: DriftMethod) {
        let none = method == .domainClassifier ? 0.5 : 0
        #expect(ShiftScale.distance(of: 0, by: method) == none && ShiftScale.shift(of: none, by: method) == 0)
        #expect(ShiftScale.shift(of: none - 0.25, by: method) == 0 && ShiftScale.shift(of: -.infinity, by: method) == 0)
        #expect(ShiftScale.shift(of: 1e300, by: method) == 10 && ShiftScale.shift(of: .infinity, by: method) == 10)
        #expect(ShiftScale.distance(of: 11, by: method) == ShiftScale.distance(of: 10, by: method))
        #expect(ShiftScale.distance(of: -1, by: method) == none)
    }

    // The thresholds in use elsewhere; oracle: scipy 1.17.1, scipy.stats.norm and scipy.optimize.brentq on sums over 40,001
    // points of N(0, 1) and N(s, 1).
    @Test(arguments: [
        (DriftMethod.kolmogorovSmirnov, 0.1, 0.251), (.lInfinity, 0.1, 0.251), (.populationStabilityIndex, 0.1, 0.316),
        (.populationStabilityIndex, 0.2, 0.447), (.populationStabilityIndex, 0.25, 0.5), (.jensenShannon, 0.1, 0.284),
        (.hellinger, 0.1, 0.284), (.hellinger, 0.4, 1.181), (.domainClassifier, 0.65, 0.545), (.wasserstein, 0.1, 0.1),
    ])
    func `thresholds in use are these shifts`(method: DriftMethod, distance: Double, shift: Double) {
        #expect(abs(ShiftScale.shift(of: distance, by: method) - shift) < 0.000_5)
    }

    private static let shifts = [0.03, 0.1, 0.31, 1.03, 2.53, 5.03, 9.03]

    // Oracle: scipy 1.17.1, scipy.integrate.quad (epsrel 1e-13) of the formulas with norm.pdf and norm.sf.
    @Test(arguments: [
        (
            DriftMethod.jensenShannon,
            [
                0.010606005169144067, 0.03533327179968864, 0.10895157129825463, 0.3426976471186464, 0.6688862053369642,
                0.8225816568344622, 0.8325489322618949,
            ]
        ),
        (
            .chiSquare,
            [
                0.029996626075162344, 0.09987543990106593, 0.306395676366643, 0.9257473292169532, 1.6742774216925629,
                1.981747349684771, 1.9999901570279104,
            ]
        ),
        (
            .cramerVonMises,
            [
                0.009093349095067638, 0.0302920197143928, 0.09334687547195801, 0.29058911157676914, 0.524962004060596,
                0.5770345460940799, 0.5773502690413851,
            ]
        ),
        (
            .andersonDarling,
            [
                0.020794597279387404, 0.06925956259500715, 0.21308593333385858, 0.6536664673048178, 1.1420886822720595,
                1.2424638815259677, 1.2430516657785662,
            ]
        ),
    ])
    func `integrated distances match scipy's`(method: DriftMethod, distances: [Double]) {
        for (shift, distance) in zip(Self.shifts, distances) {
            #expect(abs(ShiftScale.distance(of: shift, by: method) / distance - 1) < 3e-7)
        }
    }

    // Oracle: scipy 1.17.1: 2 * norm.cdf(s / 2) - 1, 1 - exp(-s² / 8) by hand, norm.cdf(s / sqrt(2)), at s = 0.31.
    @Test func `closed forms match scipy's`() {
        #expect(abs(ShiftScale.distance(of: 0.31, by: .totalVariation) - 0.1231786826944937) < 1e-15)
        #expect(abs(ShiftScale.distance(of: 0.31, by: .hellinger) - 0.10927322616857) < 1e-14)
        #expect(abs(ShiftScale.distance(of: 0.31, by: .domainClassifier) - 0.5867540804663901) < 1e-15)
        #expect(ShiftScale.distance(of: 0.5, by: .populationStabilityIndex) == 0.25)
        #expect(ShiftScale.distance(of: 0.5, by: .missingShare) == 0.5)
    }
}
