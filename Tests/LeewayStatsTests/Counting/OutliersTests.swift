import LeewayStats
import Testing

@Suite struct OutliersTests {
    // By hand: quartiles of 1 … 9 are 3 and 7, so the fences are -3 and 13.
    @Test func `a value on a fence is none`() {
        let inside = ValueCounts([1, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(inside.outliers == ValueCounts([9, 8, 7, 6, 5, 4, 3, 2, 1]).outliers)
        #expect(inside.outliers?.count == 0)
        #expect(inside.outliers?.lowerFence == -3 && inside.outliers?.upperFence == 13)
        // Quartiles of these nine: 3 and 7 again.
        #expect(ValueCounts([-3, 2, 3, 4, 5, 6, 7, 8, 13]).outliers?.count == 0)
        #expect(ValueCounts([-3.01, 2, 3, 4, 5, 6, 7, 8, 13.01]).outliers?.count == 2)
    }

    @Test func `equal quartiles leave no room`() {
        #expect(ValueCounts([0, 0, 0, 0, 0, 0, 0, 5, 7]).outliers?.count == 2)
        #expect(ValueCounts([3, 3]).outliers?.count == 0)
    }
}
