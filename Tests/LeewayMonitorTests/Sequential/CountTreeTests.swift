import LeewayStats
import Testing

@testable import LeewayMonitor

@Suite struct CountTreeTests {
    @Test(arguments: [1, 63, 64, 65, 4_096, 4_097, 9_000]) func `sums and searches as plain counting does`(size: Int) {
        var draws = SequentialDraws(UInt64(size))
        var counts = (0..<size).map { _ in draws.generator.next(below: 4) }
        counts[size / 2] = 3
        var tree = CountTree(counts)
        for _ in 0..<50 {
            let cell = draws.generator.next(below: size)
            let change = counts[cell] > 0 && draws.generator.next(below: 2) == 0 ? -1 : 2
            counts[cell] += change
            tree.add(change, to: cell)
        }
        #expect(tree.cells == counts && tree.total == counts.reduce(0, +))
        for cell in [0, size / 3, size / 2, size - 1] {
            #expect(tree.sum(before: cell) == counts[..<cell].reduce(0, +))
        }
        let rows = counts.enumerated().flatMap { cell, count in [Int](repeating: cell, count: count) }
        for row in [0, rows.count / 2, rows.count - 1] { #expect(tree.cell(ofRow: row) == rows[row]) }
    }
}
