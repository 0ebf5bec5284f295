import LeewayLearn
import LeewayMonitor
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct OrderedIntervalTests {
    private static let tests: [any OrderedDriftTest] = [
        KolmogorovSmirnov(), CramerVonMises(), AndersonDarling(), Wasserstein(),
    ]

    private static func samples(_ draws: inout Draws, shift: Double, scale: Double = 1) -> OrderedSamples {
        func fraction() -> Double { OrderedSamples.fraction(&draws) }
        func normal() -> Double { (-2 * log(1 - fraction())).squareRoot() * cos(2 * .pi * fraction()) }
        return OrderedSamples(
            reference: (0..<400).map { _ in scale * normal() },
            window: (0..<200).map { _ in scale * (normal() + shift) })
    }

    // Law: 95 of 100 intervals hold the true distance, which is known for normal columns.
    @Test(arguments: [0.25, 0.5]) func `intervals hold the truth as often as they say`(shift: Double) {
        var (draws, misses) = (Draws(seed: 77), [DriftMethod: Int]())
        for _ in 0..<300 {
            let sides = Self.samples(&draws, shift: shift).sides
            for test in Self.tests {
                let result = test.evaluate(sides)
                let truth = ShiftScale.distance(of: shift, by: result.method)
                let isHeld = result.interval.lower <= truth && truth <= result.interval.upper
                misses[result.method, default: 0] += isHeld ? 0 : 1
            }
        }
        for (_, count) in misses { #expect((3...36).contains(count)) }
        #expect(misses.count == 4)
    }

    @Test func `what chance explains has a lower end of 0, what it does not has none`() {
        var draws = Draws(seed: 78)
        for _ in 0..<100 {
            let (calm, moved) = (Self.samples(&draws, shift: 0).sides, Self.samples(&draws, shift: 1).sides)
            for test in Self.tests {
                let (quiet, drifted) = (test.evaluate(calm), test.evaluate(moved))
                if let pValue = quiet.pValue, pValue >= 0.05 { #expect(quiet.interval.lower == 0) }
                #expect(drifted.interval.lower > 0 && drifted.excess > 0)
            }
        }
    }

    // Law: only the order of values counts, but for Wasserstein, where only their proportions do.
    @Test func `a column's unit does not matter`() {
        for test in Self.tests {
            var (first, second) = (Draws(seed: 79), Draws(seed: 79))
            let one = test.evaluate(Self.samples(&first, shift: 0.3).sides)
            let other = test.evaluate(Self.samples(&second, shift: 0.3, scale: 1_024).sides)
            #expect(isClose(other.distance, one.distance, 1e-12) && isClose(other.noise, one.noise, 1e-12))
            #expect(isClose(other.interval.lower, one.interval.lower, 1e-11))
            #expect(isClose(other.interval.upper, one.interval.upper, 1e-11))
        }
    }
}
