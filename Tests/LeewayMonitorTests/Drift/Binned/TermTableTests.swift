import Testing

@testable import LeewayMonitor

@Suite struct TermTableTests {
    private static func moments<Term: BinTerm>(
        _: Term.Type, rows: Int, _ reference: Int, _ window: Int
    ) -> TermTable.Moments {
        let sizes = SideSizes(reference: Double(reference), window: Double(window))
        let share = sizes.windowShare
        return Term.table.row(sizes).withLookup { $0(Double(rows) * share * (1 - share)) }
    }

    // Oracle: sums over scipy 1.17.1's binom(c, π).pmf of the summand of numpy 2.3, by its unit: mean and variance.
    @Test func `the moments are the binomial distribution's`() {
        let w = Self.moments(CohenEffect.self, rows: 12, 1_000, 1_000)
        #expect(isClose(w.mean, 1, 0.01) && isClose(w.variance, 1.8333, 0.01))
        let js = Self.moments(JensenShannonDivergence.self, rows: 2_000, 100_000_000, 100_000)
        #expect(isClose(js.mean, 1.305, 0.02) && isClose(js.variance, 3.439, 0.03))
        let one = Self.moments(JensenShannonDivergence.self, rows: 1, 1_000, 1_000)
        #expect(isClose(one.mean, 1.386, 0.02))
        let hellinger = Self.moments(HellingerDivergence.self, rows: 20, 900, 100)
        #expect(isClose(hellinger.mean, 1.55, 0.05))
        let g = Self.moments(GTerm.self, rows: 5_000, 100_000_000, 100_000)
        #expect(isClose(g.mean, 1.047, 0.02) && isClose(g.variance, 2.267, 0.03))
    }

    @Test func `many rows bring them to those of a squared normal number`() {
        for moments in [
            Self.moments(CohenEffect.self, rows: 1 << 40, 1 << 50, 1 << 50),
            Self.moments(StabilityDivergence.self, rows: 1 << 40, 1 << 50, 1 << 50),
            Self.moments(JensenShannonDivergence.self, rows: 1 << 40, 1 << 50, 1 << 50),
            Self.moments(HellingerDivergence.self, rows: 1 << 40, 1 << 50, 1 << 50),
            Self.moments(GTerm.self, rows: 1 << 40, 1 << 50, 1 << 50),
        ] {
            #expect(isClose(moments.mean, 1, 1e-6) && isClose(moments.variance, 2, 1e-6))
        }
    }

    @Test func `the sides can be exchanged`() {
        for rows in [1, 3, 20, 1_000] {
            let one = Self.moments(JensenShannonDivergence.self, rows: rows, 900, 100)
            let other = Self.moments(JensenShannonDivergence.self, rows: rows, 100, 900)
            #expect(isClose(one.mean, other.mean) && isClose(one.variance, other.variance))
            #expect(isClose(one.slope, -other.slope))
        }
    }

    @Test func `next to no rows add next to nothing`() {
        let moments = Self.moments(JensenShannonDivergence.self, rows: 1, 1 << 50, 1)
        #expect(moments.mean < 1e-13 && moments.variance < 1e-13 && moments.mean > 0)
    }
}
