import Foundation
import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayLearn

@Suite struct PermutationImportanceTests {
    /// 1,000 rows of two numbers, a constant and a category, and a model of them.
    private struct Fixture {
        let features: EncodedFeatures
        let labels: [Bool]
        let model: LogisticRegression.Model

        init() throws {
            let rows = Array(0..<1_000)
            let first = rows.map { Double($0 * 7_919 % 1_000) / 500 - 1 }
            let second = rows.map { Double($0 * 104_729 % 997) / 498.5 - 1 }
            let codes = rows.map { Int32($0 * 31 % 7 % 4) }
            let weights = [0.8, -0.4, 0, -1.1]
            labels = rows.map { row in
                let z = -0.3 + 1.6 * first[row] - 0.5 * second[row] + weights[Int(codes[row])]
                return Double(row * 15_485_863 % 1_009) / 1_009 < 1 / (1 + exp(-z))
            }
            features = try EncodedFeatures(
                numeric: [
                    .init(name: "x1", values: first), .init(name: "x2", values: second),
                    .init(name: "x3", values: rows.map { _ in 2 }),
                ], categorical: [.init(name: "c", categoryCount: 4, codes: codes)])
            model = LogisticRegression.Model(
                intercept: -0.3,
                numeric: [
                    .init(column: "x1", weight: 1.2), .init(column: "x2", weight: -0.5),
                    .init(column: "x3", weight: 0.7),
                ], categorical: [.init(column: "c", weights: weights)],
                convergence: .init(iterations: 1, objective: 0, relativeGradient: 0, solver: .newton))
        }

        func importance(repeats: Int = 5, seed: UInt64 = 42, threads: Int = 1) throws -> PermutationImportance {
            try PermutationImportance(
                of: model, on: features, labels: labels, repeats: repeats, seed: seed, threads: threads)
        }
    }

    // Oracle: scikit-learn 1.9.1, permutation_importance(model, X, y, scoring="roc_auc" and "neg_log_loss",
    // n_repeats=400, random_state=0): means and standard deviations.
    @Test func `agrees with scikit-learn within the noise`() throws {
        let fixture = try Fixture()
        #expect(fixture.labels.count { $0 } == 428)
        let importance = try fixture.importance(repeats: 100)
        let expected: [String: (auc: Double, aucSD: Double, loss: Double, lossSD: Double)] = [
            "x1": (0.15134088458270692, 0.013240495176924072, 0.121003386890571, 0.010518337196944247),
            "x2": (0.026308431638454897, 0.004969350558430284, 0.0195375362901867, 0.0040336570749344705),
            "x3": (0, 0, 0, 0),
            "c": (0.10705197985425778, 0.010990128450988667, 0.08697245400770431, 0.008867382477262757),
        ]
        for column in importance.columns {
            let oracle = try #require(expected[column.column])
            let area = try #require(column.rocAUCLoss)
            // Four standard errors of the difference of 100 and 400 repeats.
            #expect(abs(area.mean - oracle.auc) <= 0.45 * oracle.aucSD, "\(column.column)")
            #expect(abs(column.logLossRise.mean - oracle.loss) <= 0.45 * oracle.lossSD, "\(column.column)")
            #expect(abs(area.sd - oracle.aucSD) <= 0.3 * oracle.aucSD, "\(column.column)")
            #expect(abs(column.logLossRise.sd - oracle.lossSD) <= 0.3 * oracle.lossSD, "\(column.column)")
        }
    }

    @Test func `weights are shares of the AUC that is lost`() throws {
        let importance = try Fixture().importance()
        #expect(importance.columns.map(\.column) == ["x1", "c", "x2", "x3"])
        #expect(isClose([importance.columns.reduce(0) { $0 + $1.weight }], [1], tolerance: 1e-12))
        let losses = importance.columns.map { $0.rocAUCLoss?.mean ?? .nan }
        #expect(isClose(importance.columns.map(\.weight), losses.map { $0 / losses.reduce(0, +) }, tolerance: 1e-12))
    }

    @Test func `is the same on any number of threads, and another with another seed`() throws {
        let fixture = try Fixture()
        let importance = try fixture.importance()
        #expect(try fixture.importance(threads: 3) == importance)
        #expect(try fixture.importance(seed: 43) != importance)
        let data = try JSONEncoder().encode(importance)
        #expect(try JSONDecoder().decode(PermutationImportance.self, from: data) == importance)
    }

    @Test func `a column that says nothing weighs nothing`() throws {
        let fixture = try Fixture()
        let codes = fixture.features.categorical[0].codes
        let silent = LogisticRegression.Model(
            intercept: 0, numeric: fixture.model.numeric.map { .init(column: $0.column, weight: 0) },
            categorical: fixture.model.categorical, convergence: fixture.model.convergence)
        let importance = try PermutationImportance(of: silent, on: fixture.features, labels: fixture.labels, seed: 1)
        #expect(importance.columns[0].column == "c")
        #expect(importance.columns[0].weight == 1)
        for column in importance.columns.dropFirst() {
            #expect(column.weight == 0 && column.rocAUCLoss?.mean == 0 && column.logLossRise.mean == 0)
        }
        // Unknown categories are values too: half of the rows lose theirs.
        let unknown = try EncodedFeatures(
            numeric: fixture.features.numeric,
            categorical: [.init(name: "c", categoryCount: 4, codes: codes.enumerated().map { $0 % 2 == 0 ? -1 : $1 })])
        #expect(
            try PermutationImportance(of: silent, on: unknown, labels: fixture.labels, seed: 1).columns[0].weight == 1)
    }

    @Test func `where nothing is lost, all columns weigh the same`() throws {
        let features = try EncodedFeatures(
            numeric: [.init(name: "a", values: [1, 1]), .init(name: "b", values: [3, 3])])
        let model = LogisticRegression.Model(
            intercept: 0, numeric: [.init(column: "a", weight: 1), .init(column: "b", weight: 1)], categorical: [],
            convergence: .init(iterations: 1, objective: 0, relativeGradient: 0, solver: .newton))
        let importance = try PermutationImportance(of: model, on: features, labels: [true, false], seed: 1)
        #expect(importance.columns.map(\.weight) == [0.5, 0.5])
        #expect(importance.columns.map(\.column) == ["a", "b"])
    }

    @Test func `rows of one class are judged by the log loss`() throws {
        let features = try EncodedFeatures(numeric: [.init(name: "a", values: [1, 2, 3, -1])])
        let model = LogisticRegression.Model(
            intercept: 0, numeric: [.init(column: "a", weight: 1)], categorical: [],
            convergence: .init(iterations: 1, objective: 0, relativeGradient: 0, solver: .newton))
        let importance = try PermutationImportance(of: model, on: features, labels: [true, true, true, true], seed: 1)
        #expect(importance.columns[0].rocAUCLoss == nil)
        // Dealing a lone column out among rows of one class changes no sum.
        #expect(abs(importance.columns[0].logLossRise.mean) < 1e-12)
    }

    @Test func `many rows are sampled`() throws {
        let count = 50_000
        let values = (0..<count).map { Double($0 % 1_000) / 500 - 1 }
        let features = try EncodedFeatures(numeric: [.init(name: "a", values: values)])
        let model = LogisticRegression.Model(
            intercept: 0, numeric: [.init(column: "a", weight: 1)], categorical: [],
            convergence: .init(iterations: 1, objective: 0, relativeGradient: 0, solver: .newton))
        let importance = try PermutationImportance(
            of: model, on: features, labels: values.map { $0 > 0.2 }, repeats: 2, seed: 5)
        #expect(importance.rows == PermutationImportance.rowLimit)
        #expect(abs((importance.columns[0].rocAUCLoss?.mean ?? 0) - 0.5) < 0.02)
    }

    @Test func `refuses rows that are not the model's`() throws {
        let fixture = try Fixture()
        #expect(throws: LeewayError.self) {
            try PermutationImportance(of: fixture.model, on: fixture.features, labels: [true], seed: 1)
        }
        let other = try EncodedFeatures(numeric: [.init(name: "other", values: [1])])
        #expect(throws: LeewayError.self) {
            try PermutationImportance(of: fixture.model, on: other, labels: [true], seed: 1)
        }
        let none = try EncodedFeatures(
            numeric: fixture.features.numeric.map { .init(name: $0.name, values: []) },
            categorical: [.init(name: "c", categoryCount: 4, codes: [])])
        #expect(throws: LeewayError(.noUsableValues, "There are no rows to look at.")) {
            try PermutationImportance(of: fixture.model, on: none, labels: [], seed: 1)
        }
    }
}
