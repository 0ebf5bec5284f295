import Testing

@testable import LeewayMonitor

@Suite struct UntiedRowsTests {
    private static let (n, m) = (400_000.0, 100_000.0)

    /// Term by term.
    private static func sum(below: Double, rank: Double, count: Int) -> Double {
        (0..<count).reduce(0) { sum, row in
            let x = rank + Double(row) + 0.5
            let difference = below / n - (x - below) / m
            return sum + difference * difference / (x * (n + m - x) - (n + m) / 4)
        }
    }

    @Test(arguments: [
        (100_000.0, 140_000.0, 2), (100_000, 130_000, 300), (390_000, 440_000, 50), (250_000, 312_500, 64),
    ])
    func `rows far from both ends are taken together`(below: Double, rank: Double, count: Int) {
        let rows = UntiedRows(references: Self.n, windows: Self.m, isRight: false)
        let x = rank + Double(count) / 2
        #expect(rows.isFar(x, Double(count)))
        let inverse = 1 / (x * (Self.n + Self.m - x) - (Self.n + Self.m) / 4)
        let sum = rows.sum(below / Self.n - (x - below) / Self.m, x, Double(count), inverse)
        #expect(isClose(sum, Self.sum(below: below, rank: rank, count: count), 1e-8))
    }

    @Test(arguments: [(0.0, 0.0, 65), (0, 0, 10_000), (400_000, 499_000, 1_000), (10, 30, 64), (200, 300, 50_000)])
    func `rows at an end have a closed form`(below: Double, rank: Double, count: Int) {
        let rows = UntiedRows(references: Self.n, windows: Self.m, isRight: false)
        let sum = rows.sum(below: below, rank: rank, count: Double(count))
        #expect(isClose(sum, Self.sum(below: below, rank: rank, count: count), 1e-8))
    }
}
