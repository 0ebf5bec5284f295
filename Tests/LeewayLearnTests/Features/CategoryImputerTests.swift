import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayLearn

@Suite struct CategoryImputerTests {
    private static func data(_ texts: [String?]) throws -> Dataset {
        try Dataset(columns: [.init("c", .categorical(Categorical(texts)))])
    }

    @Test(arguments: [CategoryImputer.Strategy.mostFrequent, .constant("new"), .constant("b")])
    func `obeys the transformer laws`(strategy: CategoryImputer.Strategy) throws {
        try expectTransformerLaws(
            CategoryImputer(columns: ["c"], strategy: strategy), on: Self.data(["b", nil, "a", "b", nil, "ü"]))
    }

    // Oracle: scikit-learn 1.9.1, SimpleImputer(strategy="most_frequent").fit(column).statistics_.
    @Test(
        arguments: [
            (["b", "a", nil, "b", "a", "c"], "a"), (["c", "b", nil], "b"), (["x", "y", "y", nil], "y"),
        ] as [([String?], String)])
    func `matches scikit-learn: a tie goes to the smallest`(column: [String?], expected: String) throws {
        let data = try Self.data(column)
        let fitted = try CategoryImputer(columns: ["c"]).fit(data)
        #expect(fitted.fills == [.init(column: "c", value: expected)])
        let filled = try fitted.transform(data).categorical("c")
        #expect(column.indices.map { filled[$0] } == column.map { $0 ?? expected })
    }

    @Test func `a tie is broken by the text and not by its code`() throws {
        let values = Categorical(categories: ["z", "é", "b"], codes: [0, 0, 1, 1, 2, 2])
        let fitted = try CategoryImputer(columns: ["c"]).fit(Dataset(columns: [.init("c", .categorical(values))]))
        #expect(fitted.fills[0].value == "b")
    }

    @Test func `a category that stands in no row is not the most frequent`() throws {
        let values = Categorical(categories: ["a", "b"], codes: [-1, -1])
        #expect(
            throws: LeewayError(
                .noUsableValues, "Column 'c' is missing in every row used for training.",
                hint: "Leave it out (features.drop) or impute a constant.")
        ) {
            try CategoryImputer(columns: ["c"]).fit(Dataset(columns: [.init("c", .categorical(values))]))
        }
    }

    @Test func `a constant needs no values`() throws {
        let data = try Self.data([nil, nil])
        let filled = try CategoryImputer(columns: ["c"], strategy: .constant("?")).fit(data).transform(data)
        #expect(try filled.categorical("c") == Categorical(["?", "?"]))
    }

    @Test func `numbers are refused`() {
        #expect(throws: LeewayError(.wrongColumnKind, "Column 'x' is numeric where categories are needed.")) {
            try CategoryImputer(columns: ["x"]).fit(Dataset(["x": [1]]))
        }
    }
}
