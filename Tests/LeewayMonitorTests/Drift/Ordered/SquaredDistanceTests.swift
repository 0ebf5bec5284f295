import LeewayLearn
import Testing

@testable import LeewayMonitor

@Suite struct SquaredDistanceTests {
    private static func result(_ square: Double, _ variance: Double, pValue: Double) -> DriftResult {
        SquaredDistance(square: square, variance: variance, null: .init(mean: 0.01, variance: 0.000_3), limit: 0.5)
            .result(.cramerVonMises, statistic: 1, pValue: pValue)
    }

    // By hand: 0.09 − 0.01 ∓ 1.96 · √(0.0001 + 0.0003), and upwards 1.96² · 0.0001 / (4 · 0.09) more.
    @Test func `the interval is that of the square less the noise's`() {
        let (result, reach) = (Self.result(0.09, 0.000_1, pValue: 0.01), 1.959_963_984_540_054 * 0.02)
        #expect(isClose(result.distance, 0.3, 1e-15))
        #expect(isClose(result.interval.lower, (0.08 - reach).squareRoot(), 1e-12))
        let more = 3.841_458_820_694_124 * 0.000_1 / 0.36
        #expect(isClose(result.interval.upper, (0.08 + reach + more).squareRoot(), 1e-12))
        #expect(Self.result(0.09, 0.000_1, pValue: 0.05).interval.lower == 0)
    }

    // By hand: a gamma variable of shape 0.01² / 0.0003 = 1/3; Γ(5/6)/Γ(1/3) = 0.4213560…, times √0.03.
    @Test func `noise is the mean of a gamma variable's root`() {
        #expect(isClose(Self.result(0, 0, pValue: 1).noise, 0.07298101324071377, 1e-12))
    }

    @Test func `ends stay between 0 and the limit, and around the distance`() {
        let none = Self.result(0, 0, pValue: 1)
        #expect(none.distance == 0 && none.interval.lower == 0 && none.interval.upper > 0)
        let all = Self.result(0.250_000_1, 1, pValue: 0)
        #expect(all.distance == 0.5 && all.interval == .init(lower: 0, upper: 0.5))
    }
}
