import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayLearn

@Suite struct OneHotEncoderTests {
    private static func data(_ texts: [String?]) throws -> Dataset {
        try Dataset(columns: [.init("c", .categorical(Categorical(texts)))])
    }

    @Test(arguments: [true, false])
    func `obeys the transformer laws`(keepsMissing: Bool) throws {
        try expectTransformerLaws(
            OneHotEncoder(columns: ["c"], keepsMissing: keepsMissing), on: Self.data(["b", nil, "a", "b", "ü", nil]))
    }

    // Oracle: scikit-learn 1.9.1, OneHotEncoder(handle_unknown="ignore").fit([["b"], ["a"], [nan], ["c"], ["b"]]):
    // categories_ is [a, b, c, nan]; transform([["c"], [nan], ["zzz"], ["a"]]) has its ones at 2, 3, none and 0.
    @Test func `matches scikit-learn: unknown is ignored, missing is a category of its own, the last`() throws {
        let fitted = try OneHotEncoder(columns: ["c"], keepsMissing: true).fit(Self.data(["b", "a", nil, "c", "b"]))
        #expect(fitted.encodings == [.init(column: "c", categories: ["a", "b", "c"], hasMissing: true)])
        #expect(fitted.encodings[0].featureCount == 4)
        #expect(try fitted.encodings[0].codes(of: Self.data(["c", nil, "zzz", "a"])) == [2, 3, -1, 0])
    }

    @Test func `a missing value that training did not see is unknown`() throws {
        let fitted = try OneHotEncoder(columns: ["c"], keepsMissing: true).fit(Self.data(["b", "a"]))
        #expect(fitted.encodings[0].featureCount == 2)
        #expect(try fitted.encodings[0].codes(of: Self.data([nil, "b"])) == [-1, 1])
    }

    @Test func `without being kept, a missing value is all zeros`() throws {
        let fitted = try OneHotEncoder(columns: ["c"]).fit(Self.data(["b", nil, "a"]))
        #expect(fitted.encodings[0].featureCount == 2)
        #expect(try fitted.encodings[0].codes(of: Self.data([nil, "b"])) == [-1, 1])
    }

    @Test func `a category of the dictionary that stands in no row is not learned`() throws {
        let values = Categorical(categories: ["z", "b", "a"], codes: [1, 1, 2])
        let fitted = try OneHotEncoder(columns: ["c"]).fit(Dataset(columns: [.init("c", .categorical(values))]))
        #expect(fitted.encodings[0].categories == ["a", "b"])
    }

    @Test func `codes do not depend on the dictionary that the rows came with`() throws {
        let fitted = try OneHotEncoder(columns: ["c"]).fit(Self.data(["a", "b", "c"]))
        let values = Categorical(categories: ["unused", "c", "new", "a"], codes: [1, 2, 3, -1, 1])
        let data = try Dataset(columns: [.init("c", .categorical(values))])
        #expect(try fitted.encodings[0].codes(of: data) == [2, -1, 0, -1, 2])
        #expect(
            try fitted.transform(data).categorical("c")
                == Categorical(categories: ["a", "b", "c"], codes: [2, -1, 0, -1, 2]))
    }

    /// U+00E9 and U+0065 U+0301 are one text in Swift and two in a file.
    @Test func `two spellings of one text are one category`() throws {
        let values = Categorical(categories: ["caf\u{E9}", "tea", "cafe\u{301}"], codes: [0, 1, 2, 0])
        let data = try Dataset(columns: [.init("c", .categorical(values))])
        let fitted = try OneHotEncoder(columns: ["c"]).fit(data)
        #expect(fitted.encodings[0].featureCount == 2)
        #expect(try fitted.encodings[0].codes(of: data) == [0, 1, 0, 0])
    }

    @Test func `loaded categories that stand twice do not stop the program`() throws {
        let encoding = OneHotEncoder.Fitted.Encoding(column: "c", categories: ["a", "a"], hasMissing: false)
        #expect(try encoding.codes(of: Self.data(["a"])) == [0])
    }
}
