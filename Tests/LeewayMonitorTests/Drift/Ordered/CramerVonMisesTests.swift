import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct CramerVonMisesTests {
    // Oracle: scipy 1.17.1, cramervonmises_2samp(reference, window).
    @Test(arguments: [
        (OrderedSamples.untied, 0.23682539682539527, 0.20793579382043115, 1e-5),
        (.tied, 0.8904084821428526, 0.004419536605923868, 1e-4), (.zeros, 127.85658333333333, 0, 0),
        (.few, 0.2713293650793651, 0.18006993006993008, 1e-10),
    ])
    func `with ties ignored it is scipy's`(samples: OrderedSamples, statistic: Double, p: Double, tolerance: Double) {
        let result = CramerVonMises(ties: .ignored).evaluate(samples.sides)
        #expect(isClose(result.statistic, statistic, 1e-11))
        // scipy's own ends at about 4e-8.
        if p > 0 { #expect(isClose(result.pValue, p, tolerance)) } else { #expect((result.pValue ?? 1) < 1e-7) }
    }

    @Test(arguments: [OrderedSamples.untied, .few]) func `without ties there is nothing to be conditional on`(
        samples: OrderedSamples
    ) throws {
        let (ours, ignored) = (
            CramerVonMises().evaluate(samples.sides), CramerVonMises(ties: .ignored).evaluate(samples.sides)
        )
        #expect(isClose(ours.statistic, ignored.statistic, 1e-11))
        #expect(isClose(ours.pValue, try #require(ignored.pValue), 1e-11))
    }

    // Oracle: the mean of scipy 1.17.1's statistic over all orders of the tied rows (Python's itertools).
    @Test func `the statistic is its mean over the orders of tied rows`() {
        let samples = OrderedSamples(reference: [1, 1, 2, 2, 3], window: [1, 2, 2, 4])
        #expect(isClose(CramerVonMises().evaluate(samples.sides).statistic, 0.09629629629629625, 1e-13))
    }

    // Oracle: 200,000 permutations of the pooled values with numpy 2.3; their own error is below 3 %.
    @Test(arguments: [(OrderedSamples.tied, 0.25787), (.zeros, 0.05493)])
    func `the p-value is that of the orders that ties leave`(samples: OrderedSamples, share: Double) {
        // Of the 40 rows of the second seven are not 0.
        #expect(isClose(CramerVonMises().evaluate(samples.sides).pValue, share, 0.25))
    }

    // By hand: F − G rises to 1/2 and falls back, in cells of 1/4, 1/2, 1/4 of both sides alike.
    @Test func `the distance spreads tied rows over their value`() {
        let result = CramerVonMises().evaluate(OrderedSamples.cells([5, 0, 5], [0, 30, 0]))
        // 2 · 1/4 · (1/4)/3 + 1/2 · (1/2)²/3, the middle going from 1/2 to −1/2.
        #expect(isClose(result.distance, (1.0 / 24 + 1.0 / 24).squareRoot(), 1e-15))
        let apart = CramerVonMises().evaluate(OrderedSamples.cells([5, 0], [0, 30]))
        #expect(isClose(apart.distance, 1 / 3.0.squareRoot(), 1e-15) && apart.interval.upper <= 1 / 3.0.squareRoot())
    }

    @Test func `the distance does not depend on the sizes, nor on which side is which`() {
        let small = CramerVonMises().evaluate(OrderedSamples.cells([1, 2, 3, 4], [4, 3, 2, 1]))
        let large = CramerVonMises().evaluate(
            OrderedSamples.cells([100, 200, 300, 400], [4_000, 3_000, 2_000, 1_000]))
        let turned = CramerVonMises().evaluate(OrderedSamples.cells([4, 3, 2, 1], [1, 2, 3, 4]))
        #expect(isClose(small.distance, large.distance, 1e-14) && isClose(small.distance, turned.distance, 1e-14))
        #expect(large.interval.lower > 0 && large.interval.lower < large.distance)
        #expect(large.interval.upper - large.interval.lower < small.interval.upper - small.interval.lower)
    }

    @Test func `one value, one row, very many rows`() {
        let constant = CramerVonMises().evaluate(OrderedSamples.cells([7], [3]))
        #expect(constant.distance == 0 && constant.pValue == 1 && constant.noise == 0)
        #expect(constant.interval == .init(lower: 0, upper: 0))
        let row = CramerVonMises().evaluate(OrderedSamples.cells([1, 0], [0, 1]))
        #expect(row.pValue == 1 && row.interval.lower == 0)
        let huge = CramerVonMises().evaluate(OrderedSamples.cells([1 << 52, 1 << 52], [1 << 51, 1 << 51]))
        #expect(huge.distance == 0 && (huge.pValue ?? 0) > 0.999)
        let apart = CramerVonMises().evaluate(OrderedSamples.cells([1 << 52, 0], [0, 1 << 52]))
        #expect(apart.pValue == 0 && apart.interval.lower > 0.57)
    }

    @Test(arguments: [2, 5, 20, 1_000_000]) func `noise is what chance alone gives`(values: Int) {
        var (draws, total, noise, alarms) = (Draws(seed: UInt64(values)), 0.0, 0.0, 0)
        for _ in 0..<300 {
            let samples = OrderedSamples(
                reference: (0..<400).map { _ in Double(draws.next(below: values)) },
                window: (0..<100).map { _ in Double(draws.next(below: values)) })
            let result = CramerVonMises().evaluate(samples.sides)
            total += result.distance
            noise += result.noise
            alarms += (result.pValue ?? 1) <= 0.05 ? 1 : 0
            #expect(result.interval.lower <= result.distance && result.distance <= result.interval.upper)
        }
        #expect(abs(total / noise - 1) < 0.08 && alarms <= 24)
    }
}
