import LeewayStats
import Testing

@Suite struct MomentsTests {
    private static let cubes = (0..<10_000).map { row in
        let base = Double(row * 7_919 % 10_007)
        return base * base * base / 7
    }

    // Oracle: CPython 3.11 float(sum(map(Fraction, v)) / len(v)).
    @Test func `the mean is exact`() {
        #expect(ValueCounts([3.1, -2.7, 8.25, 0.1, 0.1, 5.5, -2.7, 4.4, 9.99, 7.3, 0.2]).mean == 3.0490909090909093)
        #expect(ValueCounts(Self.cubes).mean == 35_792_600_021.3602)
        let cancelling = [[Double]](repeating: [1e16, 1, -1e16, 3, 1e-3], count: 7).flatMap { $0 }
        #expect(ValueCounts(cancelling).mean == 0.8002)
        #expect(ValueCounts((0..<10).map { 1e9 + 0.1 * Double($0) }).mean == 1_000_000_000.45)
    }

    // Oracle: numpy 2.4.6 numpy.std; CPython 3.11 statistics.pvariance of Fractions, square root in Double.
    @Test func `the deviation divides by n`() {
        let close = [
            (ValueCounts([3.1, -2.7, 8.25, 0.1, 0.1, 5.5, -2.7, 4.4, 9.99, 7.3, 0.2]).sd, 4.185973232215711),
            (ValueCounts(Self.cubes).sd, 40_580_608_181.438385),
            (ValueCounts((0..<10).map { 1e9 + 0.1 * Double($0) }).sd, 0.2872281240262338),
            (ValueCounts([0.1, 0.2, 0.3]).sd, 0.0816496580927726),
            (ValueCounts([1e16, 1e16 + 2]).sd, 1),
        ]
        for (sd, expected) in close { #expect(abs((sd ?? .nan) / expected - 1) < 1e-15) }
    }

    @Test func `a constant column has no deviation`() {
        #expect(ValueCounts([0.1, 0.1, 0.1]).sd == 0)
        #expect(ValueCounts([0.1, 0.1, 0.1]).mean == 0.1)
        #expect(ValueCounts([7]).sd == 0)
    }

    @Test func `huge and tiny values neither overflow nor vanish`() {
        #expect(ValueCounts([1.5e308, 1.5e308, 1.7e308]).mean == 1.5666666666666666e308)
        #expect(abs((ValueCounts([-1e308, 1e308]).sd ?? .nan) / 1e308 - 1) < 1e-15)
        #expect(abs((ValueCounts([-1e-200, 1e-200]).sd ?? .nan) / 1e-200 - 1) < 1e-15)
        #expect(ValueCounts([0, .leastNonzeroMagnitude * 4]).sd == .leastNonzeroMagnitude * 2)
    }

    @Test func `infinite values follow IEEE`() {
        #expect(ValueCounts([1, .infinity]).mean == .infinity)
        #expect(ValueCounts([-.infinity, .infinity]).mean?.isNaN == true)
        #expect(ValueCounts([1, .infinity]).sd?.isNaN == true)
    }
}
