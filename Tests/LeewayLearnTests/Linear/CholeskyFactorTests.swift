import LeewayStats
import Testing

@testable import LeewayLearn

@Suite struct CholeskyFactorTests {
    @Test(arguments: [1, 2, 3, 4, 5, 11, 12, 13, 24, 25, 50, 101]) func `solves what it factorises`(order: Int) {
        var generator = SeededGenerator(seed: UInt64(order))
        let stride = order + 3
        // A = B Bᵀ + I is positive definite.
        let b = (0..<order).map { _ in (0..<order).map { _ in Double.random(in: -1...1, using: &generator) } }
        let a = (0..<order).map { i in
            (0..<order).map { k in dot(b[i], b[k]) + (i == k ? 1 : 0) }
        }
        let x = (0..<order).map { _ in Double.random(in: -1...1, using: &generator) }
        let factor = CholeskyFactor(order: order, stride: stride)
        for i in 0..<order {
            for k in 0...i { factor.lowerTriangle[i * stride + k] = a[i][k] }
        }
        factor.factorize(floors: [Double](repeating: 1, count: order))
        let solution = factor.solve(a.map { dot($0, x) })
        #expect(largestDifference(solution, x) < 1e-9)
    }

    @Test func `raises a pivot that rounding has sunk`() {
        let factor = CholeskyFactor(order: 2, stride: 2)
        for (place, value) in [1.0, 0, 1, 1].enumerated() { factor.lowerTriangle[place] = value }
        factor.factorize(floors: [0.25, 0.25])
        #expect(factor.solve([1, 1]) == [1, 0])
    }
}
