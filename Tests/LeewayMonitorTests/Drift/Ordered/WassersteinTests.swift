import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct WassersteinTests {
    // Oracle: scipy 1.17.1, wasserstein_distance(reference / reference.std(), window / reference.std()).
    @Test func `on reference values it is scipy's`() {
        let result = Wasserstein().evaluate(OrderedSamples.tied.sides)
        // One of the window's seven values, 6, is beyond the reference's; there are its values as they are.
        var samples = OrderedSamples.tied
        samples = OrderedSamples(reference: samples.reference, window: samples.window.map { min($0, 5) })
        #expect(result == Wasserstein().evaluate(samples.sides))
        #expect(result.method == .wasserstein && result.pValue == nil && result.statistic == result.distance)
        #expect(isClose(result.distance, 0.1905822855885656, 1e-12))
    }

    @Test func `between reference values it is scipy's to the width of the cells`() {
        let result = Wasserstein().evaluate(OrderedSamples.untied.sides)
        #expect(abs(result.distance - 0.2930543954116796) < 0.05)
    }

    // By hand: a third of the rows moves by 1, sd = √(2/3).
    @Test func `it is how far the rows are moved`() {
        let result = Wasserstein().evaluate(OrderedSamples.cells([1, 1, 1], [0, 2, 1]))
        #expect(isClose(result.distance, 1 / 6.0.squareRoot(), 1e-14))
    }

    @Test func `a constant reference has a unit of its own`() {
        func distance(_ places: [Double], _ reference: [Int], _ window: [Int]) -> Double {
            Wasserstein().evaluate(
                OrderedSides(reference: reference, window: window, places: places, isExact: true)
            ).distance
        }
        #expect(distance([0.1], [30], [7]) == 0)
        #expect(distance([0.1, 0.6], [30, 0], [4, 4]) == 0.25)
        #expect(isClose(distance([-40, -10], [30, 0], [0, 9]), 0.75, 1e-15))
        // The smallest spread that numbers have is a spread.
        #expect(isClose(distance([1, 1 + 0x1p-48], [1, 1], [2, 0]), 1, 0.01))
    }

    @Test func `infinite values count as the outermost finite ones`() {
        func result(_ places: [Double], _ reference: [Int], _ window: [Int]) -> DriftResult {
            Wasserstein().evaluate(OrderedSides(reference: reference, window: window, places: places, isExact: true))
        }
        let finite = result([0, 1, 2], [3, 3, 3], [1, 2, 3])
        #expect(result([-.infinity, 0, 1, 2, .infinity], [2, 1, 3, 2, 1], [0, 1, 2, 1, 2]) == finite)
        let only = result([-.infinity, .infinity], [1, 1], [2, 0])
        #expect(only.distance == 1 && only.interval.upper.isFinite)
        let single = result([.infinity], [4], [2])
        #expect(single.distance == 0 && single.noise == 0 && single.interval == .init(lower: 0, upper: 0))
    }

    @Test(arguments: [1e-300, 1e-100, 1e100, 1e307]) func `the unit of the column does not matter`(unit: Double) {
        let cells = (reference: [10, 20, 30, 20], window: [40, 30, 20, 1])
        func result(_ unit: Double) -> DriftResult {
            Wasserstein().evaluate(
                OrderedSides(
                    reference: cells.reference, window: cells.window, places: [-2 * unit, 0, unit, 5 * unit],
                    isExact: true))
        }
        let (one, other) = (result(1), result(unit))
        #expect(isClose(other.distance, one.distance, 1e-13) && isClose(other.noise, one.noise, 1e-13))
        #expect(isClose(other.interval.lower, one.interval.lower, 1e-12))
        #expect(isClose(other.interval.upper, one.interval.upper, 1e-12) && one.interval.lower > 0)
    }

    @Test func `one row and very many rows`() {
        let row = Wasserstein().evaluate(OrderedSamples.cells([1, 1], [1, 0]))
        #expect(row.distance == 1 && row.interval.lower == 0 && row.interval.upper > 1)
        let huge = Wasserstein().evaluate(OrderedSamples.cells([1 << 51, 1 << 51], [1 << 51, 1 << 52]))
        #expect(isClose(huge.distance, 1.0 / 3, 1e-14) && isClose(huge.interval.lower, 1.0 / 3, 1e-6))
    }

    @Test(arguments: [2, 5, 20, 1_000_000]) func `noise is what chance alone gives`(values: Int) {
        var (draws, total, noise, above) = (Draws(seed: UInt64(values)), 0.0, 0.0, 0)
        for _ in 0..<300 {
            let samples = OrderedSamples(
                reference: (0..<400).map { _ in Double(draws.next(below: values)) },
                window: (0..<100).map { _ in Double(draws.next(below: values)) })
            let result = Wasserstein().evaluate(samples.sides)
            total += result.distance
            noise += result.noise
            above += result.interval.lower > 0 ? 1 : 0
            #expect(result.interval.lower <= result.distance && result.distance <= result.interval.upper)
        }
        #expect(abs(total / noise - 1) < 0.08 && above <= 24)
    }
}
