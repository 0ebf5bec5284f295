import LeewayCore
import Testing

@testable import LeewayLearn

/// Data on which a solver may divide by zero, overflow or never end.
@Suite struct LogisticRegressionHardCasesTests {
    private func fit(
        _ numeric: [[Double]] = [], _ codes: [[Int32]] = [], _ labels: [Bool], strength: Double = 1,
        limit: Int = 1_500
    ) throws -> (LogisticRegression.Model, NaiveRegression) {
        let features = try EncodedFeatures(
            numeric: numeric.enumerated().map { .init(name: "n\($0)", values: $1) },
            categorical: codes.enumerated().map {
                .init(name: "c\($0)", categoryCount: max(Int($1.max() ?? 0) + 1, 1), codes: $1)
            }, rowCount: labels.count)
        var regression = LogisticRegression(inverseRegularization: strength)
        regression.newtonLimit = limit
        let model = try regression.fit(features, labels: labels)
        return (model, NaiveRegression(features, labels, regression))
    }

    @Test(arguments: [1_500, 0]) func `separable classes have an optimum at any C`(limit: Int) throws {
        for strength in [1e-12, 1e-3, 1, 1e3, 1e6, 1e12] {
            let (model, naive) = try fit(
                [[-2, -1, 1, 2]], [[0, 0, 1, 1]], [false, false, true, true], strength: strength, limit: limit)
            #expect(naive.relativeGradient(model.coefficients) < 1e-8)
            #expect(largestDifference(model.coefficients, naive.optimum()) < 1e-6, "\(strength)")
        }
    }

    @Test(arguments: [1_500, 0]) func `a constant column weighs nothing`(limit: Int) throws {
        let (model, _) = try fit(
            [[5, 5, 5, 5], [1, 2, 3, 4]], [[0, 0, 0, 0]], [false, true, false, true], limit: limit)
        #expect(model.numeric[0].weight == 0)
        #expect(abs(model.categorical[0].weights[0]) < 1e-9)
    }

    @Test(arguments: [1_500, 0]) func `equal columns share their weight`(limit: Int) throws {
        let values = [0.5, -1, 2, 0.25, -0.75, 1]
        let labels = [true, false, true, false, true, false]
        let (model, naive) = try fit([values, values], [], labels, strength: 1e6, limit: limit)
        #expect(abs(model.numeric[0].weight - model.numeric[1].weight) < 1e-9)
        #expect(naive.relativeGradient(model.coefficients) < 1e-8)
    }

    @Test(arguments: [1_500, 0]) func `units of a column do not matter`(limit: Int) throws {
        // Seconds since 1970 and a rate: what happens when nobody scales.
        let seconds: [Double] = [1.7e9, 1.7e9 + 3e5, 1.7e9 + 1e5, 1.7e9 + 9e5, 1.7e9 + 7e5, 1.7e9 + 2e5]
        let labels = [false, true, true, true, false, true]
        let (model, _) = try fit([seconds, [1e-9, 3e-9, 2e-9, 7e-9, 4e-9, 9e-9]], [], labels, limit: limit)
        // Oracle: the optimum of the same data, centred and scaled by hand so that β is nearly unpenalised for seconds
        // and nearly zero for the rate: slope per second from the one-column regression.
        let (reference, naive) = try fit([seconds.map { ($0 - 1.7e9) / 1e5 }], [], labels, strength: 1e10, limit: limit)
        #expect(abs(model.numeric[0].weight * 1e5 - reference.numeric[0].weight) < 1e-6)
        #expect(naive.relativeGradient(reference.coefficients) < 1e-8)
        #expect(abs(model.numeric[1].weight) < 1e-7)
    }

    @Test(arguments: [1_500, 0]) func `numbers of any size end well`(limit: Int) throws {
        let labels = [false, true, false, true, true]
        for size in [1e-300, 1e-100, 1e-9, 1e9, 1e100, 1e300] {
            for strength in [1e-6, 1, 1e6] {
                do {
                    let (model, _) = try fit(
                        [[1, 2, 3, 4, 5].map { $0 * size }], [[0, 1, 0, 1, 2]], labels, strength: strength, limit: limit
                    )
                    #expect(model.hasFiniteCoefficients)
                } catch let error as LeewayError {
                    #expect(error.code == .notConverged)
                    #expect(error.hint != nil)
                }
            }
        }
    }

    @Test(arguments: [1_500, 0]) func `C of any size ends well`(limit: Int) throws {
        let labels = [false, true, false, true, true]
        for strength in [Double.leastNonzeroMagnitude, 1e-300, 1e-100, 1e100, 1e300] {
            do {
                let (model, _) = try fit(
                    [[1, 2, 3, 4, 5]], [[0, 1, 0, 1, 2]], labels, strength: strength, limit: limit)
                #expect(model.hasFiniteCoefficients)
            } catch let error as LeewayError {
                #expect(error.code == .notConverged)
            }
        }
    }

    @Test(arguments: [1_500, 0]) func `without columns the intercept is the log-odds`(limit: Int) throws {
        let (model, _) = try fit([], [], [true, false, false, false], limit: limit)
        // ln(1 / 3)
        #expect(abs(model.intercept + 1.0986122886681098) < 1e-9)
    }

    @Test(arguments: [1_500, 0]) func `only unknown codes leave the intercept alone`(limit: Int) throws {
        let (model, _) = try fit([], [[-1, -1, -1, -1]], [true, false, false, false], limit: limit)
        #expect(abs(model.intercept + 1.0986122886681098) < 1e-9)
        #expect(model.categorical[0].weights == [0])
    }

    @Test func `a category a row gives as many coefficients as rows`() throws {
        let codes = (0..<150).map { Int32($0) }
        let labels = codes.map { $0 % 3 == 0 }
        let (newton, naive) = try fit([], [codes], labels, limit: 5_000)
        let (lbfgs, _) = try fit([], [codes], labels, limit: 0)
        #expect(largestDifference(newton.coefficients, lbfgs.coefficients) < 1e-6)
        #expect(naive.labels.count == 150)
    }
}
