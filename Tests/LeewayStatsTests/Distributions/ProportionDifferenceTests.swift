import LeewayStats
import Testing

@Suite struct ProportionDifferenceTests {
    // Oracle: Newcombe (1998), table II, method 10, to the four digits printed there.
    @Test(arguments: [
        (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926), (0, 10, 0, 20, -0.1611, 0.2775), (10, 10, 0, 20, 0.6791, 1.0),
        (10, 10, 0, 10, 0.6075, 1.0),
    ])
    func `the hybrid score interval is Newcombe's`(
        k: Int, n: Int, l: Int, m: Int, lower: Double, upper: Double
    ) {
        let interval = ProportionDifference.newcombe(first: (k, n), second: (l, m), level: 0.95)
        #expect(abs(interval.lower - lower) <= 5.001e-5)
        #expect(abs(interval.upper - upper) <= 5.001e-5)
        let swapped = ProportionDifference.newcombe(first: (l, m), second: (k, n), level: 0.95)
        #expect(abs(swapped.lower + interval.upper) < 1e-15 && abs(swapped.upper + interval.lower) < 1e-15)
    }

    // Oracle: scipy 1.17.1, fisher_exact([[k, n - k], [l, m - l]]) and chi2_contingency(…, correction=False).
    @Test(arguments: [
        (8, 10, 1, 9, 0.005477494641581328, 0.002675107619444761),
        (3, 15, 7, 12, 0.056750572082379866, 0.04040295168672579),
        (1, 5, 0, 1, 1.0, 0.624206114766406), (0, 8, 3, 9, 0.20588235294117646, 0.07194423545318349),
        (50, 100, 50, 100, 1.0, 1.0), (12, 1_000, 40, 1_100, 0.00034726854865524214, 0.0003329181060503585),
        (500, 1_000, 600, 1_000, 8.453719674485626e-06, 6.96793107284983e-06),
        (30, 40, 600, 2_000, 8.456634993856841e-09, 1.0641455620315208e-09),
        (7, 424, 36, 36, 6.763146535053044e-47, 2.3190804987460575e-84),
        (50, 50, 20, 21, 0.295774647887324, 0.12018058034391192), (2, 3, 2, 3, 1.0, 1.0),
    ])
    func `both p-values match scipy`(k: Int, n: Int, l: Int, m: Int, exact: Double, pooled: Double) {
        for (first, second) in [((k, n), (l, m)), ((l, m), (k, n)), ((n - k, n), (m - l, m))] {
            #expect(relativeError(FisherExactTest.pValue(first: first, second: second), exact) < 1e-12)
            #expect(relativeError(ProportionDifference.pooledPValue(first: first, second: second), pooled) < 1e-12)
        }
    }

    @Test func `Fisher's p-value is a sum over all tables`() {
        for (n, m) in [(1, 1), (4, 6), (7, 7), (12, 5)] {
            for hits in 0...(n + m) {
                let counts = (max(0, hits - m)...min(n, hits)).map {
                    ($0, Self.choose(n, $0) * Self.choose(m, hits - $0))
                }
                let total = counts.reduce(0) { $0 + $1.1 }
                for (k, ways) in counts {
                    let share = counts.filter { $0.1 <= ways }.reduce(0) { $0 + $1.1 } / total
                    let ours = FisherExactTest.pValue(first: (k, n), second: (hits - k, m))
                    #expect(relativeError(ours, share) < 1e-13)
                }
            }
        }
    }

    @Test func `large counts cost no digits`() {
        // Two halves that differ by one: next to nothing.
        let n = 1 << 52
        let quiet = ProportionDifference.pooledPValue(first: (n / 2, n), second: (n / 2 + 1, n))
        #expect(quiet < 1 && quiet > 0.999_999_9)
        let loud = ProportionDifference.pooledPValue(first: (n / 2, n), second: (n / 2 + (1 << 27), n))
        // z = 2^27 / √(2^52 · 2 / 4) = 2√2.
        #expect(relativeError(loud, 2 * NormalDistribution.upperTail(8.0.squareRoot())) < 1e-9)
        // mpmath 1.3.0, 50 digits, by the formula; shares rounded to doubles first give 0.025376578397.
        let odd = ProportionDifference.pooledPValue(
            first: (1_500_000_000_000_001, 4_503_599_627_370_497),
            second: (1_499_999_899_999_994, 4_503_599_627_370_493))
        #expect(relativeError(odd, 0.02537657851804722) < 1e-12)
        // Fisher's approaches it: scipy 1.17.1, fisher_exact([[3000, 997000], [3300, 996700]]).
        let exact = FisherExactTest.pValue(first: (3_000, 1_000_000), second: (3_300, 1_000_000))
        #expect(relativeError(exact, 0.00016087642356546572) < 1e-8)
    }

    @Test func `what can show nothing has p-value 1 and the widest interval`() {
        for (first, second) in [((0, 0), (3, 4)), ((0, 5), (0, 9)), ((5, 5), (9, 9)), ((0, 0), (0, 0))] {
            #expect(ProportionDifference.pooledPValue(first: first, second: second) == 1)
            #expect(FisherExactTest.pValue(first: first, second: second) == 1)
        }
        #expect(ProportionDifference.newcombe(first: (0, 0), second: (3, 4), level: 0.95) == (-1, 1))
    }

    private static func choose(_ n: Int, _ k: Int) -> Double {
        (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }
}
