import LeewayCore
import LeewayMonitor
import Testing

@Suite struct ColumnScaleTests {
    @Test func `numbers are standardised, missing is the median, infinities stop at the limit`() throws {
        let values = Dataset.Values.numeric([1, 2, 3, 10, .nan, .infinity, -.infinity, 5])
        let scale = try #require(ColumnScale(values, rows: 0..<4))
        let sd = 12.5.squareRoot()
        let scaled = scale.scaled(values, rows: 0..<8)
        let expected = [-3 / sd, -2 / sd, -1 / sd, 6 / sd, -1.5 / sd, 10, -10, 1 / sd]
        #expect(scaled.count == 1)
        #expect(zip(scaled[0], expected).allSatisfy { abs($0 - $1) < 1e-14 })
        #expect(ColumnScale(.numeric([.nan, .infinity]), rows: 0..<2) == nil)
    }

    @Test func `a category column varies as much as a numeric one`() throws {
        let texts: [String?] = (0..<400).map { ["a", "a", "b", "c", nil][$0 % 5] } + ["new"]
        let values = Dataset.Values.categorical(Categorical(texts))
        let scale = try #require(ColumnScale(values, rows: 0..<400))
        let columns = scale.scaled(values, rows: 0..<400)
        #expect(columns.count == 5)
        let variance = columns.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } / 400 }
        #expect(abs(variance - 1) < 1e-12)
        let new = scale.scaled(values, rows: 400..<401).map { $0[0] }
        #expect(new[4] == 10 / 3.0.squareRoot() && new[..<4].allSatisfy { $0 < 0 })
    }

    @Test func `ten categories have an indicator each, the others share one`() throws {
        let texts: [String?] = (0..<1_300).map { "\($0 % 13)" } + (0..<5).map { "rare \($0)" }
        let values = Dataset.Values.categorical(Categorical(texts))
        let columns = try #require(ColumnScale(values, rows: 0..<1_305)).scaled(values, rows: 0..<1_305)
        #expect(columns.count == 11)
        #expect(columns[10].count { $0 > 0 } == 305)
    }
}
