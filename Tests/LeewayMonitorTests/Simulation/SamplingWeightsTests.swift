import Testing

@testable import LeewayMonitor

@Suite struct SamplingWeightsTests {
    private static let weights = SamplingWeights([
        .init(rowCount: 5, factor: 1), .init(rowCount: 3, factor: 4), .init(rowCount: 2, factor: 0),
        .init(rowCount: 1, factor: 0.5),
    ])

    /// How often each row is drawn by an even grid of uniform numbers, in shares of them.
    private static func shares(_ weights: SamplingWeights, at strength: Double, of count: Int = 100_000) -> [Double] {
        var drawn = [Int](repeating: 0, count: weights.firstRow(of: weights.groups.count))
        for place in 0..<count { drawn[weights.row(for: Double(place) / Double(count), strength: strength)] += 1 }
        return drawn.map { Double($0) / Double(count) }
    }

    @Test(arguments: [0, 0.25, 0.5, 1])
    func `rows are drawn as often as they weigh`(strength: Double) {
        let factors: [Double] = [1, 1, 1, 1, 1, 4, 4, 4, 0, 0, 0.5]
        let weights = factors.map { 1 + strength * ($0 - 1) }
        let total = weights.reduce(0, +)
        #expect(Self.weights.total.value(at: strength) == total)
        let shares = Self.shares(Self.weights, at: strength)
        #expect(zip(shares, weights).allSatisfy { abs($0 - $1 / total) <= 2e-5 })
    }

    @Test func `what is dropped is never drawn, at either end of the numbers`() {
        let weights = SamplingWeights([
            .init(rowCount: 4, factor: 0), .init(rowCount: 2, factor: 1), .init(rowCount: 4, factor: 0),
        ])
        #expect(weights.row(for: 0, strength: 1) == 4)
        #expect(weights.row(for: 1 - 0x1p-32, strength: 1) == 5)
        // Even a number that rounding put past the end falls into a row that may be drawn.
        #expect(weights.row(for: 1, strength: 1) == 5)
    }

    @Test func `one group is every row alike`() {
        let weights = SamplingWeights([.init(rowCount: 7, factor: 1)])
        #expect(weights.fullWeight == 7)
        #expect((0..<7).map { weights.row(for: (Double($0) + 0.5) / 7, strength: 1) } == Array(0..<7))
    }

    @Test func `with no weight at all nothing can be drawn`() {
        #expect(SamplingWeights([.init(rowCount: 4, factor: 0)]).fullWeight == 0)
    }
}
