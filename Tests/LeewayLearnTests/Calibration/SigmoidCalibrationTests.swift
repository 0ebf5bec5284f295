import Foundation
import LeewayLearn
import LeewayTestSupport
import Testing

/// Oracle: numpy 2.4.6, fifty steps of Newton's method on Σ w · loss + ½ ‖θ − θ₀‖², checked by scipy 1.17.1
/// `minimize(method="BFGS")`.
@Suite struct SigmoidCalibrationTests {
    private func fit(_ form: SigmoidCalibration.Form, _ weights: [Double]? = nil) throws -> SigmoidCalibration {
        let (labels, scores) = CalibrationFixture.grid
        return try #require(
            SigmoidCalibration.fit(try ScoredRows(labels: labels, scores: scores, weights: weights), form))
    }

    @Test func `Platt matches the optimum`() throws {
        let platt = try fit(.platt)
        #expect(isClose([platt.intercept, platt.slope], [-0.6656437249365962, 0.8327807821090217], tolerance: 1e-9))
        #expect(platt.complementSlope == platt.slope)
    }

    @Test func `beta matches the optimum`() throws {
        let beta = try fit(.beta)
        #expect(
            isClose(
                [beta.intercept, beta.slope, beta.complementSlope],
                [-0.651084890165495, 0.8429071192074237, 0.82556140958568], tolerance: 1e-9))
    }

    // Oracle: Python 3.11, z = .2 + .5 * math.log(.3) - 2 * math.log(.7); 1 / (1 + math.exp(-z)).
    @Test func `each of the two slopes has its logarithm`() {
        let beta = SigmoidCalibration(intercept: 0.2, slope: 0.5, complementSlope: 2)
        #expect(isClose([beta.probability(of: 0.3)], [0.5772180375912572], tolerance: 1e-15))
    }

    @Test func `weights match the optimum`() throws {
        let platt = try fit(.platt, CalibrationFixture.weights)
        #expect(isClose([platt.intercept, platt.slope], [-0.6715250509715902, 0.826290499914878], tolerance: 1e-9))
        let beta = try fit(.beta, CalibrationFixture.weights)
        #expect(
            isClose(
                [beta.intercept, beta.slope, beta.complementSlope],
                [-0.5761935477845556, 0.8907944150720957, 0.777964594187074], tolerance: 1e-9))
    }

    // Oracle: scikit-learn 1.9.1, _SigmoidCalibration().fit(log-odds, y).predict; its penalty is another.
    @Test func `is near scikit-learn's sigmoid`() throws {
        let platt = try fit(.platt)
        let found = [0.1, 0.5, 0.9].map(platt.probability)
        #expect(isClose(found, [0.07663842572765049, 0.3392947298973442, 0.7606133046888794], tolerance: 2e-3))
    }

    @Test func `scores that tell the classes apart keep it finite`() throws {
        let rows = ScoredRows(scores: [0.2, 0.8], rows: [500, 500], positives: [0, 500])
        let platt = try #require(SigmoidCalibration.fit(rows, .platt))
        #expect(platt.slope > 1 && platt.slope < 10)
        #expect(platt.probability(of: 0) > 0)
    }

    @Test func `a map that would fall is none`() {
        let rows = ScoredRows(scores: [0.2, 0.8], rows: [500, 500], positives: [400, 100])
        #expect(SigmoidCalibration.fit(rows, .platt) == nil)
        #expect(SigmoidCalibration.fit(rows, .beta) == nil)
    }

    @Test func `no rows change nothing`() throws {
        let platt = try #require(SigmoidCalibration.fit(ScoredRows(scores: [], rows: [], positives: []), .platt))
        #expect(isClose([platt.probability(of: 0.3)], [0.3], tolerance: 1e-12))
    }
}
