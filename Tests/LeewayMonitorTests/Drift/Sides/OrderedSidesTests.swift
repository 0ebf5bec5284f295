import LeewayMonitor
import Testing

@Suite struct OrderedSidesTests {
    private static func counted(
        _ values: [Double], _ counts: [Int], _ cells: [Int], isExact: Bool = true
    ) -> OrderedSides {
        OrderedSides(values: values, referenceCounts: counts, isExact: isExact, windowCells: cells)
    }

    // MARK: Cells

    @Test func `what lies between two reference values is a cell of its own, half way`() {
        let sides = Self.counted([1, 2, 4], [5, 6, 7], [1, 2, 3, 4, 5, 6, 8])
        #expect(sides.reference == [0, 5, 0, 6, 0, 7, 0])
        #expect(sides.window == [1, 2, 3, 4, 5, 6, 8])
        #expect(sides.places == [1, 1, 1.5, 2, 3, 4, 4])
        #expect(sides.referenceCount == 18 && sides.windowCount == 29 && sides.isExact)
    }

    @Test func `cells in between that are empty are not there`() {
        let sides = Self.counted([1, 2], [5, 6], [0, 2, 0, 0, 0])
        #expect(sides.reference == [5, 6] && sides.window == [2, 0] && sides.places == [1, 2])
    }

    @Test func `where the reference is not exact a cell reaches down to the edge before it`() {
        let sides = Self.counted([1, 2, 4], [5, 6, 7], [1, 2, 3, 4, 5, 6, 8], isExact: false)
        #expect(sides.reference == [5, 6, 7, 0])
        #expect(sides.window == [3, 7, 11, 8])
        #expect(sides.places == [1, 2, 4, 4] && !sides.isExact)
    }

    @Test(arguments: [true, false]) func `one value has a cell, and what lies beyond it two more`(isExact: Bool) {
        let sides = Self.counted([7], [3], [1, 2, 4], isExact: isExact)
        #expect(sides.reference == (isExact ? [0, 3, 0] : [3, 0]))
        #expect(sides.window == (isExact ? [1, 2, 4] : [3, 4]))
        #expect(sides.places.allSatisfy { $0 == 7 })
    }

    @Test(arguments: [true, false]) func `no values have one cell, with all that the window has`(isExact: Bool) {
        let sides = Self.counted([], [], [5], isExact: isExact)
        #expect(sides.reference == [0] && sides.window == [5] && sides.places == [0])
        #expect(Self.counted([], [], [0], isExact: isExact).reference.isEmpty)
    }

    @Test func `the middle of two values is finite where one of them is`() {
        let sides = Self.counted(
            [-.infinity, -.greatestFiniteMagnitude, .greatestFiniteMagnitude, .infinity], [1, 1, 1, 1],
            [0, 0, 1, 0, 1, 0, 1, 0, 0])
        #expect(sides.places.allSatisfy { !$0.isNaN })
        #expect(sides.places[1] == -.greatestFiniteMagnitude && sides.places[5] == .greatestFiniteMagnitude)
        #expect(sides.places == sides.places.sorted())
    }

    @Test func `counts of 2⁵⁰ are exact`() {
        let sides = Self.counted([1, 2], [1 << 50, 1], [1, 1 << 50, 0, 1 << 50, 1])
        #expect(sides.referenceCount == 1 << 50 + 1 && sides.windowCount == 1 << 51 + 2)
    }

    @Test func `k values have 2k + 1 cells`() async {
        await #expect(processExitsWith: .failure) {
            _ = OrderedSides(values: [1, 2], referenceCounts: [1, 1], isExact: true, windowCells: [1, 2, 3])
        }
        await #expect(processExitsWith: .failure) {
            _ = OrderedSides(reference: [1], window: [1], places: [], isExact: true)
        }
    }

    // MARK: Groups

    private static func groups(_ reference: [Int], _ window: [Int], _ count: Int) -> BinnedSides {
        OrderedSides(
            reference: reference, window: window, places: reference.indices.map(Double.init), isExact: true
        ).grouped(count)
    }

    @Test func `groups have equal shares of the reference where its values allow it`() {
        let sides = Self.groups([1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6], 3)
        #expect(sides.reference == [2, 2, 2] && sides.window == [3, 7, 11])
    }

    @Test func `ties stay together`() {
        let sides = Self.groups([1, 7, 1, 1], [10, 20, 30, 40], 3)
        #expect(sides.reference == [8, 1, 1] && sides.window == [30, 30, 40])
        #expect(Self.groups([10, 1, 1], [1, 1, 1], 4).reference == [10, 1, 1])
        #expect(Self.groups([1, 1, 10], [1, 1, 1], 4).reference == [12])
    }

    @Test func `one group has all rows`() {
        let sides = Self.groups([1, 2, 3], [4, 5, 6], 1)
        #expect(sides.reference == [6] && sides.window == [15])
        #expect(Self.groups([5], [3], 10).reference == [5])
    }

    @Test func `there are never more groups than values, and none is empty in the reference`() {
        let sides = Self.groups([2, 0, 1, 0, 3, 0], [1, 9, 1, 9, 1, 9], 100)
        #expect(sides.reference == [2, 1, 3] && sides.window == [1, 10, 19])
    }

    @Test func `no window moves the groups`() {
        let reference = (0..<100).map { $0 % 7 }
        let quiet = Self.groups(reference, Array(repeating: 1, count: 100), 10)
        let other = Self.groups(reference, (0..<100).map { $0 * $0 }, 10)
        #expect(quiet.reference == other.reference && quiet.reference.count == 10)
    }

    @Test func `what is beyond all reference values falls into the outer groups`() {
        let sides = Self.groups([0, 5, 5, 0], [7, 1, 1, 8], 2)
        #expect(sides.reference == [5, 5] && sides.window == [8, 9])
    }

    @Test func `a reference without rows has one group`() {
        let sides = Self.groups([0, 0], [3, 4], 5)
        #expect(sides.reference == [0] && sides.window == [7])
        let none = Self.groups([], [], 5)
        #expect(none.reference == [0] && none.window == [0])
    }

    @Test func `counts of 2⁵⁰ are grouped like small ones`() {
        let sides = Self.groups([1 << 50, 1 << 50, 1 << 50, 1 << 50], [1, 2, 3, 1 << 50], 2)
        #expect(sides.reference == [1 << 51, 1 << 51] && sides.window == [3, 1 << 50 + 3])
    }

    @Test func `no groups are too few`() async {
        await #expect(processExitsWith: .failure) {
            _ = OrderedSides(reference: [1], window: [1], places: [0], isExact: true).grouped(0)
        }
    }
}
