import Testing

@testable import LeewayMonitor

@Suite struct CellGroupsTests {
    @Test func `large cells stay alone, small ones are joined`() {
        let sides = OrderedSamples.cells([1, 1, 50, 1, 1, 1, 1, 44], [1, 1, 50, 1, 1, 1, 1, 44])
        let groups = CellGroups(sides, finest: 0.02)
        #expect(groups.groups.map(\.reference) == [2, 50, 2, 2, 44])
        #expect(groups.groups.map(\.isTied) == [false, true, false, false, true])
        #expect(groups.largestTie == 100 && groups.largestShare == 0.5 && groups.rows == 200)
        #expect(groups.tiedSquares == 0.25 + 0.44 * 0.44)
    }

    @Test func `a small window is not lost beside a large reference`() {
        let sides = OrderedSamples.cells([40_000, 1, 1, 1], [0, 50, 49, 1])
        #expect(CellGroups(sides, finest: 0.1).groups.map(\.window) == [0, 50, 49, 1])
    }

    @Test func `the window's rows between two values are cut`() {
        let groups = CellGroups(OrderedSamples.cells([10, 0, 10], [0, 20, 0]), finest: 0.125)
        #expect(groups.groups.map(\.window) == [0, 5, 5, 5, 5, 0] && groups.largestTie == 10)
        let edges = OrderedSides(reference: [10, 0, 10], window: [0, 20, 0], places: [0, 1, 2], isExact: false)
        #expect(CellGroups(edges, finest: 0.125).groups.map(\.window) == [0, 20, 0])
        #expect(CellGroups(edges, finest: 0.125).largestTie == 20)
    }

    @Test func `no ties are none`() {
        let groups = CellGroups(OrderedSamples.cells([1, 0, 1], [0, 5, 0]), finest: 0.01)
        #expect(groups.largestTie == 1 && groups.largestShare == 0 && groups.tiedSquares == 0)
    }
}
