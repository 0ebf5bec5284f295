import LeewayCore
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct ReferenceCountsTests {
    private static func numbers(_ values: [Double]) -> ReferenceCounts { ReferenceCounts(.init("x", .numeric(values))) }

    @Test func `numbers are counted exactly, ascending, missing ones apart`() {
        let reference = Self.numbers([3, .nan, 1, 3, -0.0, 0, .infinity, .nan])
        #expect(reference.column == "x")
        #expect(reference.nullCount == 2)
        #expect(reference.values == .numbers(values: [0, 1, 3, .infinity], counts: [2, 1, 2, 1], isExact: true))
    }

    @Test func `a column that is missing throughout has no values`() {
        let reference = Self.numbers([.nan, .nan])
        #expect(reference.nullCount == 2)
        #expect(reference.values == .numbers(values: [], counts: [], isExact: true))
        #expect(Self.numbers([]).nullCount == 0)
    }

    @Test func `as many distinct numbers as the limit are kept each`() {
        let values = (0..<ReferenceCounts.numberLimit).map { Double($0) }
        let reference = Self.numbers(values.reversed() + [0])
        var counts = [Int](repeating: 1, count: values.count)
        counts[0] = 2
        #expect(reference.values == .numbers(values: values, counts: counts, isExact: true))
    }

    /// Even spread, a heavy value, and a long tail.
    @Test(arguments: 0..<3)
    func `above the limit, edges stand at even ranks and count every row`(shape: Int) throws {
        var generator = SeededGenerator(seed: 7, stream: UInt64(shape))
        let values = (0..<200_000).map { row -> Double in
            let draw = Double(generator.next() >> 11) / 0x1p53
            switch shape {
            case 0: return draw
            case 1: return row % 3 == 0 ? 0.5 : draw
            default: return draw > 0.999 ? draw * 1e300 : Double(row)
            }
        }
        let reference = Self.numbers(values + [.nan])
        guard case .numbers(let edges, let counts, let isExact) = reference.values else {
            Issue.record("no numbers")
            return
        }
        #expect(!isExact)
        #expect(reference.nullCount == 1)
        #expect(edges.count == counts.count && edges.count <= ReferenceCounts.numberLimit)
        #expect(edges.count > ReferenceCounts.numberLimit / 2)
        #expect(counts.reduce(0, +) == values.count)
        #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
        #expect(edges.last == values.max())
        // Each edge counts the rows above the one before it and up to it.
        let sorted = values.sorted()
        var (row, wrong) = (0, 0)
        for (edge, count) in zip(edges, counts) {
            let start = row
            while row < sorted.count, sorted[row] <= edge { row += 1 }
            if row - start != count { wrong += 1 }
        }
        #expect(wrong == 0)
        // No bin is wider than a rank allows, but for a value that is itself heavier.
        let heaviest = shape == 1 ? 70_000 : 2 * (values.count / ReferenceCounts.numberLimit + 1)
        #expect(counts.allSatisfy { $0 > 0 && $0 <= heaviest })
    }

    @Test func `categories are counted in the order of their bytes, those in no row left out`() {
        let values = Categorical(categories: ["z", "é", "", "unused", "b"], codes: [0, 1, 1, -1, 2, 4, 0, 0])
        let reference = ReferenceCounts(.init("c", .categorical(values)))
        #expect(reference.nullCount == 1)
        #expect(reference.values == .categories(values: ["", "b", "z", "é"], counts: [1, 1, 3, 2]))
    }

    @Test func `categories do not depend on their codes`() {
        let first = ReferenceCounts(.init("c", .categorical(Categorical(categories: ["a", "b"], codes: [0, 1, 1]))))
        let second = ReferenceCounts(.init("c", .categorical(Categorical(categories: ["b", "a"], codes: [0, 0, 1]))))
        #expect(first == second)
    }
}
