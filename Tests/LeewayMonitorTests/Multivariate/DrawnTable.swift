import LeewayCore
import LeewayStats

extension Draws {
    /// A number of 0 ..< 1: the upper 53 bits.
    mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A standard normal number.
    mutating func gaussian() -> Double { NormalDistribution.quantile(fraction() + 0x1p-54) }
}

/// Rows of two normal columns x and y, one of five categories, and one that is missing in a tenth of the rows.
struct DrawnTable {
    var x: [Double] = []
    var y: [Double] = []
    var category: [String?] = []
    var gaps: [Double] = []

    init(_ draws: inout Draws, count: Int) {
        for _ in 0..<count {
            x.append(draws.gaussian())
            y.append(draws.gaussian())
            category.append(["a", "b", "c", "d", "e"][draws.next(below: 5)])
            gaps.append(draws.next(below: 10) == 0 ? .nan : draws.fraction())
        }
    }

    func dataset() throws -> Dataset {
        try Dataset(columns: [
            .init("x", .numeric(x)), .init("y", .numeric(y)), .init("category", .categorical(Categorical(category))),
            .init("gaps", .numeric(gaps)),
        ])
    }
}
