import LeewayStats
import Testing

@Suite struct HistogramTests {
    // Oracle: numpy 2.4.6 numpy.histogram(v, bins).
    @Test func `matches numpy`() {
        let few = ValueCounts([3.1, -2.7, 8.25, 0.1, 0.1, 5.5, -2.7, 4.4, 9.99, 7.3, 0.2])
        #expect(few.histogram()?.counts == [2, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1])
        #expect(few.histogram(binCount: 4)?.counts == [5, 1, 2, 3])
        let edges = [-2.7, 0.47250000000000014, 3.6450000000000005, 6.817500000000002, 9.99]
        #expect(few.histogram(binCount: 4)?.edges == edges)
        let cubes = ValueCounts(
            (0..<10_000).map { row in
                let base = Double(row * 7_919 % 10_007)
                return base * base * base / 7
            })
        let expected = [
            3_684, 956, 672, 535, 451, 395, 353, 321, 295, 274, 257, 240, 228, 217, 207, 197, 190, 182, 176, 170,
        ]
        #expect(cubes.histogram()?.counts == expected)
    }

    @Test func `a bin holds its left edge and the last both`() {
        let histogram = ValueCounts([0, 1, 1, 2, 3, 4]).histogram(binCount: 4)
        #expect(histogram?.edges == [0, 1, 2, 3, 4])
        #expect(histogram?.counts == [1, 2, 1, 2])
    }

    @Test func `a constant column is one bin`() {
        #expect(ValueCounts([2, 2, 2]).histogram()?.edges == [2, 2])
        #expect(ValueCounts([2, 2, 2]).histogram()?.counts == [3])
    }

    @Test func `no row is lost`() {
        for column in [[1, 1.0.nextUp], [-1.7e308, 0, 1.7e308], [0, .leastNonzeroMagnitude]] {
            let histogram = ValueCounts(column).histogram()
            #expect(histogram?.counts.reduce(0, +) == column.count)
            #expect(histogram?.edges.allSatisfy(\.isFinite) == true)
        }
    }

    @Test func `infinite values are left out`() {
        #expect(ValueCounts([-.infinity, 1, 2, .infinity]).histogram(binCount: 1)?.counts == [2])
        #expect(ValueCounts([.infinity]).histogram() == nil)
    }
}
