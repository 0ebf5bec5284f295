import LeewayMonitor
import LeewayStats

/// Two samples of numbers, which a few lines of any language can draw again.
struct OrderedSamples: Sendable {
    let reference: [Double]
    let window: [Double]

    /// Both samples in the cells that a stored reference gives them.
    var sides: OrderedSides {
        let values = ValueCounts(reference)
        var cells = Array(repeating: 0, count: 2 * values.values.count + 1)
        var place = 0
        for value in window.sorted() {
            while place < values.values.count, values.values[place] < value { place += 1 }
            cells[place < values.values.count && values.values[place] == value ? 2 * place + 1 : 2 * place] += 1
        }
        return OrderedSides(
            values: values.values, referenceCounts: values.counts, isExact: true, windowCells: cells)
    }

    /// 60 and 45 numbers, no two alike.
    static let untied = drawn(1, 60, 45, { fraction(&$0) }, { fraction(&$0) + 0.1 })
    /// 200 and 80 numbers of six and seven values.
    static let tied = drawn(
        2, 200, 80, { Double($0.next(below: 6)) },
        { draws in
            let value = draws.next(below: 6)
            return Double(value + draws.next(below: 4) / 3)
        })
    /// 300 and 40 numbers, most of them 0.
    static let zeros = drawn(
        3, 300, 40, { $0.next(below: 10) > 0 ? 0 : fraction(&$0) }, { $0.next(below: 5) > 0 ? 0 : fraction(&$0) })
    /// 9 and 7 numbers, no two alike.
    static let few = drawn(5, 9, 7, { fraction(&$0) }, { fraction(&$0) })
    /// The same samples with the sides the other way round, in the cells of both.
    var exchanged: OrderedSides {
        OrderedSides(
            reference: sides.window, window: sides.reference, places: sides.places, isExact: false)
    }

    /// A number of 0 ..< 1.
    static func fraction(_ draws: inout Draws) -> Double { Double(draws.next() >> 11) / 0x1p53 }

    private static func drawn(
        _ seed: UInt64, _ n: Int, _ m: Int, _ reference: (inout Draws) -> Double, _ window: (inout Draws) -> Double
    ) -> Self {
        var draws = Draws(seed: seed)
        let first = (0..<n).map { _ in reference(&draws) }
        return Self(reference: first, window: (0..<m).map { _ in window(&draws) })
    }

    /// Cells with these counts, one unit apart, each of them one value.
    static func cells(_ reference: [Int], _ window: [Int]) -> OrderedSides {
        OrderedSides(
            reference: reference, window: window, places: reference.indices.map(Double.init), isExact: true)
    }
}

/// Whether two numbers differ by less than a share of the second.
func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
    guard let value else { return false }
    return abs(value - expected) <= tolerance * max(abs(expected), 1e-300)
}
