import LeewayLearn
import LeewayMonitor
import Testing

@Suite struct OrderedLawsTests {
    private static let tests: [any OrderedDriftTest] = [
        KolmogorovSmirnov(), KolmogorovSmirnov.classic, KolmogorovSmirnov(method: .asymptotic), CramerVonMises(),
        CramerVonMises(ties: .ignored), AndersonDarling(), AndersonDarling(variant: .right),
        AndersonDarling(variant: .right, ties: .ignored), Wasserstein(),
    ]

    private static let largest: [DriftMethod: Double] = [
        .kolmogorovSmirnov: 1, .cramerVonMises: 0.577_350_3, .andersonDarling: 1.243_051_7, .wasserstein: .infinity,
    ]

    /// Sides with few or many cells and rows, some of them without rows, exact or not.
    private static func sides(_ draws: inout Draws) -> OrderedSides {
        let (cells, rows) = (1 + draws.next(below: 12), 1 << draws.next(below: 50))
        func count(_ draws: inout Draws) -> Int { draws.next(below: 3) == 0 ? 0 : draws.next(below: rows) }
        var (reference, window) = ((0..<cells).map { _ in count(&draws) }, (0..<cells).map { _ in count(&draws) })
        if draws.next(below: 3) == 0 { window = window.map { $0 >> 10 } }
        reference[draws.next(below: cells)] += 1
        window[draws.next(below: cells)] += 1
        var places = (0..<cells).map { Double($0) - 3 }
        if draws.next(below: 4) == 0 { places[0] = -.infinity }
        if draws.next(below: 4) == 0 { places[cells - 1] = .infinity }
        return OrderedSides(
            reference: reference, window: window, places: places, isExact: draws.next(below: 2) == 0)
    }

    @Test(arguments: 0..<8) func `whatever the counts, numbers are numbers and in their ranges`(seed: Int) throws {
        var draws = Draws(seed: UInt64(seed))
        for _ in 0..<150 {
            let sides = Self.sides(&draws)
            for test in Self.tests {
                let result = test.evaluate(sides)
                let (interval, largest) = (result.interval, try #require(Self.largest[result.method]))
                #expect(
                    result.statistic.isFinite && result.distance.isFinite && result.noise.isFinite,
                    "\(test) \(sides) \(result)")
                #expect(
                    result.distance >= 0 && result.distance <= largest && result.noise >= 0 && result.noise <= largest)
                #expect(interval.lower >= 0 && interval.lower <= result.distance)
                #expect(interval.upper >= result.distance && interval.upper <= largest && interval.upper.isFinite)
                #expect((0...1).contains(result.pValue ?? 0))
                #expect((result.pValue == nil) == (result.method == .wasserstein))
            }
        }
    }

    @Test func `turned round, the distances are the same`() {
        var draws = Draws(seed: 99)
        for _ in 0..<200 {
            let some = Self.sides(&draws)
            let sides = OrderedSides(
                reference: some.reference, window: some.window, places: some.reference.indices.map(Double.init),
                isExact: false)
            let mirrored = OrderedSides(
                reference: some.reference.reversed(), window: some.window.reversed(),
                places: sides.places.reversed().map { -$0 },
                isExact: false)
            for test in Self.tests where !(test is AndersonDarling) || (test as? AndersonDarling)?.variant == .midrank {
                let (there, back) = (test.evaluate(sides), test.evaluate(mirrored))
                #expect(abs(there.distance - back.distance) < 1e-9, "\(test) \(sides) \(there) \(back)")
                #expect(abs(there.noise - back.noise) <= 0.03 * there.noise, "\(test) \(sides) \(there) \(back)")
                if let (p, q) = there.pValue.flatMap({ p in back.pValue.map { (p, $0) } }) {
                    #expect(abs(p - q) < 1e-4)
                }
            }
        }
    }

}
