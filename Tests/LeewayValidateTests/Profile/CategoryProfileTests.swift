import LeewayStats
import Testing

@testable import LeewayValidate

@Suite struct CategoryProfileTests {
    // Oracle: numpy 2.4.6, -(p * log(p)).sum() for p = [120, 60, 18, 1, 1] / 200.
    @Test func `a category below one percent is rare`() {
        let profile = CategoryProfile(.init([("d", 1), ("a", 120), ("e", 1), ("c", 18), ("b", 60)]), rowCount: 200)
        #expect(profile.top.map(\.value) == ["a", "b", "c", "d", "e"])
        #expect(profile.rare?.map(\.value) == ["d", "e"])
        #expect(profile.rareCount == 2)
        #expect(abs((profile.entropy ?? 0) - 0.9373854940015242) < 1e-15)
    }

    @Test func `exactly one percent is not rare`() {
        #expect(CategoryProfile(.init([("a", 99), ("b", 1)]), rowCount: 100).rareCount == 0)
    }

    @Test func `twenty are listed, all are counted`() {
        let entries = (0..<150).map { (text: "c\($0)", count: $0 < 25 ? 1_000 - $0 : 1) }
        let profile = CategoryProfile(.init(entries), rowCount: entries.reduce(0) { $0 + $1.count })
        #expect(profile.cardinality == 150)
        #expect(profile.top.count == 20 && profile.top[0].value == "c0" && profile.top[19].value == "c19")
        #expect(profile.rare?.count == 20)
        #expect(profile.rareCount == 125)
    }

    @Test func `where not every text is counted, what needs all of them is left out`() {
        let profile = CategoryProfile(.init([("a", 3), ("b", 2)], distinctCount: 90_000), rowCount: 100_000)
        #expect(profile.cardinality == 90_000)
        #expect(profile.top == [.init(value: "a", count: 3, share: 3e-5), .init(value: "b", count: 2, share: 2e-5)])
        #expect(profile.rare == nil && profile.rareCount == nil && profile.entropy == nil)
    }

    @Test func `ties stand in the order of their bytes`() {
        let counts = ColumnCounts.TextCounts([("é", 1), ("z", 1), ("Z", 1), ("", 1), ("b", 2)])
        #expect(counts.entries.map(\.text) == ["b", "", "Z", "z", "é"])
        #expect(counts.isComplete)
        #expect(!ColumnCounts.TextCounts([("a", 1)], distinctCount: 2).isComplete)
    }
}
