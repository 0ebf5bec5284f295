import LeewayStats
import Testing

@Suite struct QuantilesTests {
    private static let shares = [0, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 1]

    // Oracle: numpy 2.4.6 numpy.quantile(v, [0, .025, .1, .25, .5, .75, .9, .975, 1]).
    @Test func `match numpy to the last bit`() {
        let few = ValueCounts([3.1, -2.7, 8.25, 0.1, 0.1, 5.5, -2.7, 4.4, 9.99, 7.3, 0.2])
        #expect(Self.shares.map { few.quantile($0) } == [-2.7, -2.7, -2.7, 0.1, 3.1, 6.4, 8.25, 9.555, 9.99])
        let cubes = ValueCounts(
            (0..<10_000).map { row in
                let base = Double(row * 7_919 % 10_007)
                return base * base * base / 7
            })
        let expected = [
            0, 2231475.889285715, 143243242.98571432, 2236833840.1785717, 17905401084.928574, 60394508860.39286,
            104354758189.8143, 132654098916.13213, 143114440030.85715,
        ]
        #expect(Self.shares.map { cubes.quantile($0) } == expected)
        // Interpolating from below would give 0.6255999999999999.
        #expect(ValueCounts([0.2, 0.3, 0.67]).quantile(0.94) == 0.6256)
    }

    @Test func `the median of an even count is the mean of the middle two`() {
        #expect(ValueCounts([1, 2, 3, 10]).quartiles == ValueCounts([10, 3, 2, 1]).quartiles)
        #expect(ValueCounts([1, 2, 3, 10]).quartiles?.median == 2.5)
        #expect(ValueCounts([4]).quartiles?.upper == 4)
    }

    @Test func `infinite values stand at the ends`() {
        let column = ValueCounts([-.infinity, -.infinity, 1, .infinity])
        #expect(column.quantile(0) == -.infinity)
        #expect(column.quantile(0.25) == -.infinity)
        #expect(column.quantile(1) == .infinity)
    }
}
