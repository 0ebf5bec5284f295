import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct AndersonDarlingTests {
    // Oracle: scipy 1.17.1, anderson_ksamp([reference, window], variant="midrank") and "right".
    @Test(arguments: [
        (OrderedSamples.untied, 0.6452671906445081, 0.6216759876847591),
        (.tied, 0.7158392439333597, 1.0953841563824762), (.zeros, 4.49868248309014, 4.506844453564643),
        (.few, 0.3538309866732753, 0.41294621742410476),
    ])
    func `the statistics are scipy's`(samples: OrderedSamples, midrank: Double, right: Double) {
        for ties in [TieRule.conditional, .ignored] {
            #expect(isClose(AndersonDarling(ties: ties).evaluate(samples.sides).statistic, midrank, 1e-11))
            let other = AndersonDarling(variant: .right, ties: ties).evaluate(samples.sides)
            #expect(isClose(other.statistic, right, 1e-11))
        }
    }

    // Oracle: scipy 1.17.1, anderson_ksamp's own table, which is good to some 3 %.
    @Test(arguments: [(OrderedSamples.untied, 0.17892855863730056), (.zeros, 0.005272947344645496)])
    func `with ties ignored the p-value is scipy's, but finer`(samples: OrderedSamples, p: Double) {
        #expect(isClose(AndersonDarling(ties: .ignored).evaluate(samples.sides).pValue, p, 0.04))
    }

    // Oracle: 200,000 permutations of the pooled values with numpy 2.3; their own error is below 4 %.
    @Test(arguments: [(OrderedSamples.tied, 0.194935, 0.11441), (.zeros, 0.03313, 0.033)])
    func `the p-value is that of the orders that ties leave`(samples: OrderedSamples, midrank: Double, right: Double) {
        #expect(isClose(AndersonDarling().evaluate(samples.sides).pValue, midrank, 0.1))
        #expect(isClose(AndersonDarling(variant: .right).evaluate(samples.sides).pValue, right, 0.1))
    }

    // Oracle: scipy 1.17.1 as above, of 200 reference values and 500 of the window between two of them, or beyond all.
    @Test(arguments: [(100, 500), (200, 500), (0, 500), (150, 7), (200, 30), (50, 70)])
    func `many rows between two values are terms of their own`(below: Int, count: Int) {
        let reference = (0..<200).map(Double.init)
        let apart = (0..<count).map { Double(below) - 1 + (Double($0) + 1) / Double(count + 1) }
        let joined = OrderedSamples(reference: reference, window: apart).sides
        let single = OrderedSamples(reference: apart, window: reference)
        // The other way round the same rows are cells of one value each.
        for variant in [AndersonDarling.Variant.midrank, .right] {
            let test = AndersonDarling(variant: variant, ties: .ignored)
            #expect(isClose(test.evaluate(joined).statistic, test.evaluate(single.sides).statistic, 1e-9))
        }
    }

    // By hand: ∫₀^½ u²/(u(1 − u)) du, twice, where both sides are apart: 2(ln 2 − ½), and four times that for the square of 2u.
    @Test func `the distance is 0 to 1.243`() {
        let apart = AndersonDarling().evaluate(OrderedSamples.cells([5, 0], [0, 30]))
        #expect(
            isClose(apart.distance, 2 * 0.386_294_361_119_890_6.squareRoot(), 1e-12)
                && apart.interval.upper <= apart.distance)
        let alike = AndersonDarling().evaluate(OrderedSamples.cells([5, 10, 15], [1, 2, 3]))
        #expect(alike.distance == 0 && alike.interval.lower == 0 && alike.pValue == 1)
    }

    // Oracle: scipy 1.17.1, scipy.integrate.quad of (F − G)²/(H(1 − H)) in the four cells, F, G linear in H.
    @Test func `the distance is an integral over both sides alike`() {
        let result = AndersonDarling().evaluate(OrderedSamples.cells([1, 2, 3, 4], [40, 30, 20, 10]))
        #expect(isClose(result.distance, 0.6131158299569529, 1e-12))
        let turned = AndersonDarling().evaluate(OrderedSamples.cells([4, 3, 2, 1], [10, 20, 30, 40]))
        #expect(isClose(turned.distance, result.distance, 1e-13))
    }

    @Test func `one value, one row, very many rows`() {
        let constant = AndersonDarling().evaluate(OrderedSamples.cells([7], [3]))
        #expect(constant.statistic == 0 && constant.distance == 0 && constant.pValue == 1 && constant.noise == 0)
        #expect(constant.interval == .init(lower: 0, upper: 0))
        let row = AndersonDarling().evaluate(OrderedSamples.cells([1, 0], [0, 1]))
        #expect(row.statistic.isFinite && row.interval.lower == 0 && (row.pValue ?? 0) > 0.05)
        let huge = AndersonDarling().evaluate(OrderedSamples.cells([1 << 52, 1 << 52], [1 << 51, 1 << 51]))
        #expect(huge.distance == 0 && (huge.pValue ?? 0) > 0.999)
        let apart = AndersonDarling().evaluate(OrderedSamples.cells([1 << 51, 0], [0, 1 << 51]))
        #expect(apart.pValue == 0 && apart.interval.lower > 1.24)
    }

    @Test(arguments: [2, 5, 20, 1_000_000]) func `noise is what chance alone gives`(values: Int) {
        var (draws, total, noise, alarms) = (Draws(seed: UInt64(values)), 0.0, 0.0, 0)
        for _ in 0..<300 {
            let samples = OrderedSamples(
                reference: (0..<400).map { _ in Double(draws.next(below: values)) },
                window: (0..<100).map { _ in Double(draws.next(below: values)) })
            let result = AndersonDarling().evaluate(samples.sides)
            total += result.distance
            noise += result.noise
            alarms += (result.pValue ?? 1) <= 0.05 ? 1 : 0
            #expect(result.interval.lower <= result.distance && result.distance <= result.interval.upper)
        }
        #expect(abs(total / noise - 1) < 0.08 && alarms <= 24)
    }
}
