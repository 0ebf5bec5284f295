import LeewayStats
import Testing

@Suite struct ExactSumTests {
    // Oracle: CPython 3.11 math.fsum of the same terms.
    @Test(arguments: [
        ([], 0.0),
        ([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 1.0),
        ([1e16, 1, -1e16], 1.0),
        ([1e-16, 1, 1e16], 1.0000000000000002e16),
        ([1, 0x1p-53, 0x1p-106], 1.0000000000000002),
        ([1, 0x1p-53], 1.0),
        ([1e308, 1, -1e308, 1e-300], 1.0),
    ])
    func `rounds once`(terms: [Double], expected: Double) {
        #expect(Self.sum(terms) == expected)
        #expect(Self.sum(terms.reversed()) == expected)
    }

    @Test func `infinite terms follow IEEE`() {
        #expect(Self.sum([1, .infinity]) == .infinity)
        #expect(Self.sum([.infinity, -.infinity]).isNaN)
        #expect(Self.sum([.nan, 1]).isNaN)
        #expect(Self.sum([.greatestFiniteMagnitude, .greatestFiniteMagnitude]) == .infinity)
    }

    @Test func `a count stands for as many terms`() {
        var (counted, single) = (ExactSum(), ExactSum())
        for (term, count) in [(0.1, 3), (-7e15, 12_345), (1e-9, 999), (0.7, 1)] {
            counted.add(term, count: count)
            for _ in 0..<count { single.add(term) }
        }
        #expect(counted.value == single.value)
    }

    private static func sum(_ terms: [Double]) -> Double {
        var sum = ExactSum()
        for term in terms { sum.add(term) }
        return sum.value
    }
}
