import Foundation
import LeewayCore
import LeewayStats
import Testing

@testable import LeewayLearn

@Suite struct LogisticRegressionTests {
    /// Fourteen rows with unknown codes and, in `job`, a category that no row has.
    private let features: EncodedFeatures
    private let labels = [0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1].map { $0 == 1 }

    init() throws {
        features = try EncodedFeatures(
            numeric: [
                .init(name: "age", values: [-1.25, 0.5, 1.75, -0.5, 0.25, -1, 2, 0.75, -0.25, 1, -1.5, 0, 0.5, -0.75]),
                .init(
                    name: "hours", values: [0.3, -1.2, 0.8, 0.1, -0.4, 1.5, -0.9, 0.6, -1.1, 0.2, 0.7, -0.3, -1.6, 1.3]),
            ],
            categorical: [
                .init(name: "job", categoryCount: 4, codes: [0, 1, 2, -1, 0, 2, 1, 1, 0, 2, -1, 0, 1, 2]),
                .init(name: "sex", categoryCount: 2, codes: [1, 0, 1, 1, 0, 0, 1, -1, 0, 1, 0, 1, 1, 0]),
            ])
    }

    // Oracle: scikit-learn 1.9.1, LogisticRegression(C=C, class_weight=…, solver="newton-cholesky", tol=1e-12,
    // max_iter=1000).fit(X, y) with X = [age, hours, 4 columns for job, 2 for sex], zeros for unknown; intercept first.
    private static let oracle: [(strength: Double, ClassWeight, [Double])] = [
        (
            0.01, .none,
            [
                -0.5936266599413391, 0.023766867310347675, -0.009530142628320864, -0.004175705077415127,
                0.005447496387778089, 0.005726580273127403, 0.0, 0.008678941451407168, -0.005080572415115197,
            ]
        ),
        (
            1, .none,
            [
                -0.9904423723075189, 0.6955587018413644, -0.23141714031736546, -0.15066459699328344,
                0.07427910702348937, 0.4152655206667075, 0.0, 0.7134357719773242, -0.34369860246651807,
            ]
        ),
        (
            100, .none,
            [
                -4.879387902735848, 2.6328789330089077, -1.3854456050657398, -1.9479480107094358, 0.7452072955671465,
                3.113686902311961, 0.0, 5.826322845883604, -1.0419483644528282,
            ]
        ),
        (
            0.01, .balanced,
            [
                -0.010384078768721407, 0.025803993928055942, -0.010277742710586391, -0.0045409997183204695,
                0.005884381514581768, 0.006285292503425803, 0.0, 0.009467363341286708, -0.00556158384528664,
            ]
        ),
        (
            1, .balanced,
            [
                -0.5014468455758853, 0.7473008137353656, -0.21248867950501368, -0.15278356810142735,
                0.05340032662004231, 0.47724252143202545, 0.0, 0.7546199002532489, -0.3686600897099895,
            ]
        ),
        (
            100, .balanced,
            [
                -4.4415569586185715, 2.786157310175448, -1.3861406494523327, -1.874704211330166, 0.4650658119133643,
                3.2759737372348354, 0.0, 5.846098499787601, -1.0326529039841577,
            ]
        ),
    ]

    @Test func `matches scikit-learn with either solver`() throws {
        for (strength, classWeight, expected) in Self.oracle {
            var regression = LogisticRegression(inverseRegularization: strength, classWeight: classWeight)
            let model = try regression.fit(features, labels: labels)
            #expect(model.convergence.solver == .newton)
            #expect(largestDifference(model.coefficients, expected) < 1e-9)
            regression.newtonLimit = 0
            let other = try regression.fit(features, labels: labels)
            #expect(other.convergence.solver == .lbfgs)
            #expect(largestDifference(other.coefficients, expected) < 1e-6)
        }
    }

    // Oracle: scikit-learn 1.9.1, as above, with .fit(X, y, sample_weight=w).
    @Test(arguments: [
        (
            ClassWeight.none,
            [
                -0.6567502258560651, 1.2817576869222191, 0.15607032434821796, -0.1694789029855591, 0.22891946419409206,
                0.3414646015592903, 0, 0.49814335870151105, -0.41666356552409156,
            ]
        ),
        (
            .balanced,
            [
                -0.43666097521251596, 1.2979385419094231, 0.17588983262186123, -0.16906413685160335,
                0.22586523464234948, 0.36159781172696337, 0, 0.5120133424190075, -0.4345038446480605,
            ]
        ),
    ])
    func `rows count by their weights`(classWeight: ClassWeight, expected: [Double]) throws {
        let weights = [1, 0.5, 0.25, 2, 1, 0, 3, 0.125, 1, 1, 0.75, 1.5, 1, 0.3]
        for limit in [1_500, 0] {
            var regression = LogisticRegression(classWeight: classWeight, tolerance: 1e-12)
            regression.newtonLimit = limit
            let model = try regression.fit(features, labels: labels, rowWeights: weights)
            let found = [model.intercept] + model.numeric.map(\.weight) + model.categorical.flatMap(\.weights)
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 })
        }
    }

    @Test func `a row of weight 2 is two rows, and one of weight 0 is none`() throws {
        let places = [0, 1, 1, 2, 3, 4, 6, 6, 7, 8, 9, 10, 11, 12, 13]
        var weights = [Double](repeating: 1, count: 14)
        (weights[1], weights[5], weights[6]) = (2, 0, 2)
        let repeated = try EncodedFeatures(
            numeric: features.numeric.map { column in
                .init(name: column.name, values: places.map { column.values[$0] })
            },
            categorical: features.categorical.map { column in
                .init(name: column.name, categoryCount: column.categoryCount, codes: places.map { column.codes[$0] })
            })
        let regression = LogisticRegression(classWeight: .balanced, tolerance: 1e-12)
        let weighted = try regression.fit(features, labels: labels, rowWeights: weights)
        let plain = try regression.fit(repeated, labels: places.map { labels[$0] })
        #expect(abs(weighted.intercept - plain.intercept) < 1e-9)
        #expect(zip(weighted.numeric, plain.numeric).allSatisfy { abs($0.weight - $1.weight) < 1e-9 })
    }

    @Test func `weights that make no sense are refused`() throws {
        #expect(throws: LeewayError(.malformedDataset, "There are 1 weights for 14 rows.")) {
            try LogisticRegression().fit(features, labels: labels, rowWeights: [1])
        }
        for wrong in [-1, .nan, .infinity] {
            #expect(throws: LeewayError(.invalidSetting, "A row's weight must be a number of 0 or more.")) {
                try LogisticRegression().fit(
                    features, labels: labels, rowWeights: [wrong] + [Double](repeating: 1, count: 13))
            }
        }
        #expect(throws: LeewayError.self) {
            try LogisticRegression().fit(features, labels: labels, rowWeights: labels.map { $0 ? 1 : 0 })
        }
    }

    @Test func `a category whose rows weigh nothing weighs nothing`() throws {
        let weights = features.categorical[0].codes.map { $0 == 1 ? 0.0 : 1 }
        let model = try LogisticRegression().fit(features, labels: labels, rowWeights: weights)
        #expect(model.categorical[0].weights[1] == 0)
    }

    @Test func `reaches the optimum of a naive dense regression`() throws {
        var generator = SeededGenerator(seed: 20_260_101)
        let shapes: [(rows: Int, numeric: Int, categories: [Int])] = [
            (2, 1, [2]), (3, 0, [3]), (40, 3, []), (200, 0, [3, 2]), (300, 7, [4, 9]), (260, 1, [2, 3, 4, 5]),
            (200, 4, [25]), (129, 2, [1]), (60, 0, []),
        ]
        for shape in shapes {
            for classWeight in [ClassWeight.none, .balanced] {
                for strength in [0.01, 1, 50] {
                    var (features, labels) = try generator.regression(
                        rows: shape.rows, numeric: shape.numeric, categories: shape.categories, unknownRate: 0.05)
                    (labels[0], labels[1]) = (true, false)
                    var regression = LogisticRegression(inverseRegularization: strength, classWeight: classWeight)
                    let naive = NaiveRegression(features, labels, regression)
                    let expected = naive.optimum()
                    for limit in [regression.newtonLimit, 0] {
                        regression.newtonLimit = limit
                        let model = try regression.fit(features, labels: labels)
                        #expect(naive.relativeGradient(model.coefficients) <= 1e-8, "\(shape) \(strength) \(limit)")
                        #expect(largestDifference(model.coefficients, expected) < 1e-6, "\(shape) \(strength) \(limit)")
                        let objective = naive.objective(model.coefficients)
                        #expect(abs(model.convergence.objective - objective) <= 1e-12 * objective)
                    }
                }
            }
        }
    }

    @Test func `starts from a sample of many rows and still ends at the optimum`() throws {
        var generator = SeededGenerator(seed: 7)
        let (features, labels) = try generator.regression(rows: 6_000, numeric: 3, categories: [2, 7, 12])
        let regression = LogisticRegression(classWeight: .balanced)
        let naive = NaiveRegression(features, labels, regression)
        let model = try regression.fit(features, labels: labels)
        #expect(naive.relativeGradient(model.coefficients) <= 1e-8)
        #expect(largestDifference(model.coefficients, naive.optimum()) < 1e-9)
        // A Hessian with a wrong entry reaches the optimum too, but not in a few steps.
        #expect(model.convergence.iterations <= 8)
    }

    @Test func `gives the same bits on any number of threads, and again`() throws {
        var generator = SeededGenerator(seed: 11)
        let (features, labels) = try generator.regression(
            rows: 16_500, numeric: 3, categories: [3, 20, 2], unknownRate: 0.01)
        for limit in [1_500, 0] {
            var regression = LogisticRegression()
            regression.newtonLimit = limit
            let model = try regression.fit(features, labels: labels)
            #expect(try regression.fit(features, labels: labels) == model)
            for threads in [2, 4] {
                regression.threads = threads
                #expect(try regression.fit(features, labels: labels) == model)
            }
        }
    }

    @Test func `survives save and load`() throws {
        let model = try LogisticRegression(classWeight: .balanced).fit(features, labels: labels)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(model)
        let loaded = try JSONDecoder().decode(LogisticRegression.Model.self, from: data)
        #expect(loaded == model)
        #expect(try encoder.encode(loaded) == data)
        #expect(try loaded.predictProbabilities(features) == model.predictProbabilities(features))
        #expect(String(decoding: data, as: UTF8.self).hasPrefix(#"{"categorical":[{"column":"job","weights":["#))
    }

    @Test func `predicts the logistic function of the score, unknown categories as zeros`() throws {
        let model = try LogisticRegression().fit(features, labels: labels)
        let naive = NaiveRegression(features, labels, LogisticRegression())
        let scores = try model.decisionValues(features)
        let probabilities = try model.predictProbabilities(features)
        for row in labels.indices {
            let score = zip(naive.rows[row], model.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(scores[row] - score) < 1e-14)
            #expect(abs(probabilities[row] - 1 / (1 + exp(-score))) < 1e-15)
        }
    }

    @Test func `refuses to predict for other columns`() throws {
        let model = try LogisticRegression().fit(features, labels: labels)
        let other = try EncodedFeatures(numeric: Array(features.numeric.reversed()), categorical: features.categorical)
        let error = #expect(throws: LeewayError.self) { try model.predictProbabilities(other) }
        #expect(
            error?.description
                == "malformed_dataset: The columns are not those that the model was fitted on. Fitted on: age, hours, "
                + "job (4 categories), sex (2 categories). Found: hours, age, job (4 categories), sex (2 categories).")
    }

    @Test func `refuses settings and data that make no sense`() throws {
        func code(_ regression: LogisticRegression, _ labels: [Bool]) -> LeewayError.Code? {
            do {
                _ = try regression.fit(features, labels: labels)
                return nil
            } catch { return error.code }
        }
        for strength in [0, -1, .nan, .infinity] {
            #expect(code(LogisticRegression(inverseRegularization: strength), labels) == .invalidSetting)
        }
        #expect(code(LogisticRegression(maximumIterations: 0), labels) == .invalidSetting)
        #expect(code(LogisticRegression(tolerance: 0), labels) == .invalidSetting)
        #expect(code(LogisticRegression(tolerance: .nan), labels) == .invalidSetting)
        #expect(code(LogisticRegression(threads: 0), labels) == .invalidSetting)
        #expect(code(LogisticRegression(), [true]) == .malformedDataset)
        #expect(code(LogisticRegression(), labels.map { _ in true }) == .unusableTarget)
        #expect(code(LogisticRegression(), labels.map { _ in false }) == .unusableTarget)
        #expect(code(LogisticRegression(maximumIterations: 1), labels) == .notConverged)
    }

    @Test func `stops when its task is cancelled`() async throws {
        let (features, labels) = (features, labels)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try LogisticRegression().fit(features, labels: labels)
        }
        let error = await #expect(throws: LeewayError.self) { try await task.value }
        #expect(error?.code == .interrupted)
    }
}
