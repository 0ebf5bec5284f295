import LeewayMonitor
import Testing

@Suite struct ColumnShapeTests {
    @Test func `few distinct numbers have a bin each`() {
        let sides = OrderedSides(
            values: [1, 2, 5], referenceCounts: [3, 2, 1], isExact: true, windowCells: [1, 4, 0, 3, 2, 0, 7])
        let shape = ColumnShape.of(sides)
        #expect(shape.bins.map(\.upper) == [1, 2, 5])
        #expect(shape.bins.map(\.reference) == [3, 2, 1])
        // What lies beyond the outer values counts with them.
        #expect(shape.bins.map(\.window) == [5, 3, 9])
        #expect(shape.bins.reduce(0) { $0 + $1.window } == sides.windowCount)
    }

    @Test func `many numbers fill even bins, and no row is lost`() {
        let values = (0..<1000).map { Double($0) }
        let sides = OrderedSides(
            values: values, referenceCounts: values.map { _ in 1 }, isExact: true,
            windowCells: (0..<2001).map { $0 % 2 })
        let shape = ColumnShape.of(sides)
        #expect(shape.bins.count <= ColumnShape.limit)
        #expect(shape.bins.reduce(0) { $0 + $1.reference } == 1000 && shape.bins.reduce(0) { $0 + $1.window } == 1000)
        #expect(shape.changes.allSatisfy { abs($0.change) < 1e-12 })
    }

    @Test func `one value can be shown, and infinite ones alone can not`() {
        let constant = ColumnShape.of(
            OrderedSides(values: [7], referenceCounts: [9], isExact: true, windowCells: [0, 4, 0]))
        #expect(constant.bins == [.init(category: nil, lower: nil, upper: 7, reference: 9, window: 4)])
        let infinite = ColumnShape.of(
            OrderedSides(
                values: [-.infinity, .infinity], referenceCounts: [1, 1], isExact: true, windowCells: [0, 1, 1, 1, 0]))
        #expect(infinite.bins.isEmpty)
        #expect(ColumnShape.of(OrderedSides(reference: [], window: [], places: [], isExact: true)).bins.isEmpty)
    }

    @Test func `the largest categories are shown, and all others together`() {
        let names = (0..<60).map { "c\($0)" }
        let sides = BinnedSides(
            reference: names.indices.map { 100 - $0 } + [0], window: names.indices.map { $0 + 1 } + [5])
        let shape = ColumnShape.of(names, sides, newRows: 5)
        #expect(shape.bins.count == ColumnShape.limit - 1 && shape.newRows == 5)
        #expect(shape.bins.reduce(0) { $0 + $1.reference } == sides.referenceCount)
        #expect(shape.bins.reduce(0) { $0 + $1.window } + 5 == sides.windowCount)
        #expect(shape.bins.last?.category == nil)
    }

    @Test func `what gained comes first, what lost last`() {
        let shape = ColumnShape.of(
            ["a", "b", "c"], BinnedSides(reference: [50, 30, 20, 0], window: [20, 30, 50, 0]), newRows: 0)
        #expect(shape.changes.map(\.bin.category) == ["c", "b", "a"])
        #expect(shape.changes.map { ($0.change * 10).rounded() / 10 } == [0.3, 0, -0.3])
    }
}
