import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct KolmogorovSmirnovTests {
    // Oracle: scipy 1.17.1, ks_2samp(reference, window), method "auto" and "asymp".
    @Test(arguments: [
        (OrderedSamples.untied, 0.17777777777777778, 0.35504808666772125, 0.34253969398803175),
        (.tied, 0.095, 0.6529748593524908, 0.6473848224952274),
        (.zeros, 0.105, 0.7959119176337426, 0.7970622403728931),
        (.few, 0.5238095238095238, 0.1687062937062937, 0.1513316210838078),
    ])
    func `classic is scipy's`(samples: OrderedSamples, statistic: Double, auto: Double, asymptotic: Double) {
        let result = KolmogorovSmirnov.classic.evaluate(samples.sides)
        #expect(result.method == .kolmogorovSmirnov)
        #expect(isClose(result.statistic, statistic, 1e-15) && result.distance == result.statistic)
        #expect(isClose(result.pValue, auto, 1e-10))
        let limit = KolmogorovSmirnov(method: .asymptotic, ties: .ignored).evaluate(samples.sides)
        #expect(isClose(limit.pValue, asymptotic, 1e-9))
    }

    @Test(arguments: [OrderedSamples.untied, .few]) func `without ties there is nothing to be conditional on`(
        samples: OrderedSamples
    ) {
        for method in [KolmogorovSmirnov.Computation.auto, .exact] {
            let classic = KolmogorovSmirnov(method: method, ties: .ignored).evaluate(samples.sides)
            #expect(KolmogorovSmirnov(method: method).evaluate(samples.sides) == classic)
        }
    }

    // Oracle: all orders counted in whole numbers (Python 3.11, fractions and math.comb): a sum over the cells' compositions.
    @Test(arguments: [
        (OrderedSamples.tied, 0.3304500455323167), (.zeros, 0.03864286685580887), (.few, 0.1687062937062937),
    ])
    func `the p-value counts the orders that ties leave`(samples: OrderedSamples, share: Double) {
        for method in [KolmogorovSmirnov.Computation.auto, .exact] {
            #expect(isClose(KolmogorovSmirnov(method: method).evaluate(samples.sides).pValue, share, 1e-11))
        }
    }

    @Test func `it does not matter which side is which`() {
        let (there, back) = (
            KolmogorovSmirnov().evaluate(OrderedSamples.tied.sides),
            KolmogorovSmirnov().evaluate(OrderedSamples.tied.exchanged)
        )
        #expect(isClose(back.pValue, there.pValue ?? 0, 1e-11) && back.distance == there.distance)
        #expect(isClose(back.noise, there.noise, 1e-12))
    }

    @Test func `in large samples the limit is close to the exact share, and on the safe side`() throws {
        let limit = KolmogorovSmirnov(method: .asymptotic)
        let exact = KolmogorovSmirnov(method: .exact)
        for step in [0, 30, 60, 100, 150] {
            let sides = OrderedSamples.cells(
                [9_000, 6_000, 3_000, 1_500, 500], [900 - step, 600 + step / 2, 300 + step / 4, 150 + step / 4, 50])
            let (rough, share) = (
                try #require(limit.evaluate(sides).pValue), try #require(exact.evaluate(sides).pValue)
            )
            #expect(rough >= share * 0.98 && rough < share * 1.15)
        }
    }

    // Law: a change that the mostly constant column shows in one place is as plain as that place alone shows it.
    @Test func `far out in the tail of large samples, too, it is conditional on ties`() {
        let rest = (0..<3_200).map { $0 % 10 == 0 ? 1 : 0 }
        let sides = OrderedSamples.cells([36_800] + Array(repeating: 1, count: 3_200), [2_645] + rest)
        let alone = OrderedSamples.cells([36_800, 3_200], [2_645, 320])
        let classic = KolmogorovSmirnov.classic.evaluate(sides).pValue ?? 0
        let (all, one) = (KolmogorovSmirnov().evaluate(sides), KolmogorovSmirnov().evaluate(alone))
        #expect((all.pValue ?? 1) < 1e-5 && (one.pValue ?? 1) < (all.pValue ?? 0) && classic > 0.01)
    }

    @Test func `sides alike, one row, one value`() {
        let alike = KolmogorovSmirnov().evaluate(OrderedSamples.cells([10, 20, 30], [1, 2, 3]))
        #expect(alike.distance == 0 && alike.pValue == 1 && alike.interval.lower == 0 && alike.interval.upper < 0.6)
        let one = KolmogorovSmirnov().evaluate(OrderedSamples.cells([5], [3]))
        #expect(one.distance == 0 && one.pValue == 1 && one.noise == 0)
        #expect(one.interval == .init(lower: 0, upper: 0))
        let row = KolmogorovSmirnov().evaluate(OrderedSamples.cells([1, 0], [0, 1]))
        #expect(row.distance == 1 && row.pValue == 1 && row.interval == .init(lower: 0, upper: 1))
        // One row above all of nine, or below: two of ten places.
        let edge = KolmogorovSmirnov().evaluate(
            OrderedSamples.cells([1, 1, 1, 1, 1, 1, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]))
        #expect(isClose(edge.pValue, 0.2, 1e-14))
    }

    @Test func `apart is apart, however many rows there are`() {
        let apart = KolmogorovSmirnov().evaluate(OrderedSamples.cells([1 << 50, 0], [0, 1 << 50]))
        #expect(
            apart.distance == 1 && apart.pValue == 0 && apart.interval == .init(lower: apart.interval.lower, upper: 1))
        #expect(apart.interval.lower > 0.999)
        let huge = KolmogorovSmirnov().evaluate(OrderedSamples.cells([1 << 52, 1 << 52], [1 << 51, 1 << 51]))
        #expect(huge.distance == 0 && huge.pValue == 1)
    }

    @Test func `rows between two reference values are untied, those of an inexact cell are tied`() {
        let (reference, window) = ([10, 0, 10], [0, 20, 0])
        let exact = OrderedSides(reference: reference, window: window, places: [0, 0.5, 1], isExact: true)
        let edges = OrderedSides(reference: reference, window: window, places: [0, 0.5, 1], isExact: false)
        let (untied, tied) = (KolmogorovSmirnov().evaluate(exact), KolmogorovSmirnov().evaluate(edges))
        #expect(untied.distance == 0.5 && tied.distance == 0.5)
        #expect((untied.pValue ?? 0) > (tied.pValue ?? 1))
    }

    // Law: the noise is the mean distance of windows of no drift, the level is kept, the interval is in order.
    @Test(arguments: [3, 5, 20, 1_000_000]) func `noise is what chance alone gives`(values: Int) {
        var (draws, total, noise, alarms) = (Draws(seed: UInt64(values)), 0.0, 0.0, 0)
        for _ in 0..<300 {
            let samples = OrderedSamples(
                reference: (0..<400).map { _ in Double(draws.next(below: values)) },
                window: (0..<100).map { _ in Double(draws.next(below: values)) })
            let result = KolmogorovSmirnov().evaluate(samples.sides)
            total += result.distance
            noise += result.noise
            alarms += (result.pValue ?? 1) <= 0.05 ? 1 : 0
            #expect(result.interval.lower <= result.distance && result.distance <= result.interval.upper)
        }
        #expect(abs(total / noise - 1) < 0.06 && alarms <= 24)
    }
}
