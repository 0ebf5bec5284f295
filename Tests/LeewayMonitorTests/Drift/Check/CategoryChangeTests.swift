import Testing

@testable import LeewayMonitor

@Suite struct CategoryChangeTests {
    @Test func `nothing came or went`() {
        let sides = BinnedSides(reference: [50, 30, 20, 0], window: [25, 15, 10, 0])
        #expect(CategoryChange(["a", "b", "c"], sides, newRows: 0, level: 0.05) == nil)
    }

    @Test func `what is rare is not missed`() throws {
        // One row of b in 1,000: a window of 10 rows hardly ever has it.
        let sides = BinnedSides(reference: [999, 1, 0], window: [10, 0, 0])
        #expect(CategoryChange(["a", "b"], sides, newRows: 0, level: 0.05) == nil)
    }

    @Test func `what was frequent is, by its name`() throws {
        let sides = BinnedSides(reference: [600, 300, 100, 0], window: [580, 0, 0, 20])
        let change = try #require(CategoryChange(["a", "b", "c"], sides, newRows: 20, level: 0.05))
        #expect(change.vanished.map(\.category) == ["b", "c"])
        #expect(change.vanished.map(\.rows) == [300, 100])
        #expect(change.new.rows == 20 && change.new.pValue < 1e-4)
    }
}
