import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayLearn

@Suite struct NumericImputerTests {
    @Test(arguments: [NumericImputer.Strategy.median, .mean, .constant(-1)])
    func `obeys the transformer laws`(strategy: NumericImputer.Strategy) throws {
        let data = try Dataset(["age": [20, .nan, 41, 60.5, .nan], "whole": [1, 2, 3, 4, 5]])
        try expectTransformerLaws(NumericImputer(columns: ["age", "whole"], strategy: strategy), on: data)
    }

    // Oracle: scikit-learn 1.9.1, SimpleImputer(strategy=…).fit(column).statistics_.
    @Test(
        arguments: [
            ([3, 1, .nan, 10, 2], .median, 2.5),
            ([5, .nan, 1, 3], .median, 3),
            ([3, 1, .nan, 10, 2], .mean, 4),
            ([5, .nan, 1, 3], .mean, 3),
        ] as [([Double], NumericImputer.Strategy, Double)])
    func `matches scikit-learn`(column: [Double], strategy: NumericImputer.Strategy, expected: Double) throws {
        let data = try Dataset(["x": column])
        let fitted = try NumericImputer(columns: ["x"], strategy: strategy).fit(data)
        #expect(fitted.fills == [.init(column: "x", value: expected)])
        #expect(try fitted.transform(data).column("x") == column.map { $0.isNaN ? expected : $0 })
    }

    @Test func `each column has a number of its own`() throws {
        let fitted = try NumericImputer(columns: ["b", "a"]).fit(Dataset(["a": [1, .nan], "b": [2, 4]]))
        #expect(fitted.fills == [.init(column: "b", value: 3), .init(column: "a", value: 1)])
    }

    @Test func `a constant needs no values`() throws {
        let data = try Dataset(["x": [.nan, .nan]])
        let fitted = try NumericImputer(columns: ["x"], strategy: .constant(7)).fit(data)
        #expect(try fitted.transform(data).column("x") == [7, 7])
    }

    @Test(arguments: [NumericImputer.Strategy.median, .mean])
    func `a column that is missing throughout is refused`(strategy: NumericImputer.Strategy) {
        #expect(
            throws: LeewayError(
                .noUsableValues, "Column 'x' is missing in every row used for training.",
                hint: "Leave it out (features.drop) or impute a constant.")
        ) {
            try NumericImputer(columns: ["x"], strategy: strategy).fit(Dataset(["x": [.nan]]))
        }
    }
}
