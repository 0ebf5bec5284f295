import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayLearn

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct PreprocessorTests {
    private static func training() throws -> Dataset {
        try Dataset(columns: [
            .init("id", .numeric([1, 2, 3, 4, 5, 6, 7, 8])),
            .init("age", .numeric([39, 50, .nan, 53, 28, 37, 49, 52])),
            .init("job", .categorical(Categorical(["s", "e", nil, "p", "p", "e", "s", "e"]))),
            .init("gain", .numeric([2174, 0, 0, .nan, 0, 0, 0, 14084])),
            .init("sex", .categorical(Categorical(["M", "M", "M", "M", "F", "F", "F", nil]))),
        ])
    }

    private static func unseen() throws -> Dataset {
        try Dataset(columns: [
            .init("gain", .numeric([5013, .nan])), .init("age", .numeric([.nan, 61])),
            .init("sex", .categorical(Categorical([nil, "F"]))),
            .init("job", .categorical(Categorical(["unseen", "p"]))),
        ])
    }

    private static func preprocessor(
        _ numbers: NumericImputer.Strategy = .median,
        _ categories: Preprocessor.MissingCategories = .impute(.mostFrequent), scales: Bool = true
    ) -> Preprocessor {
        Preprocessor(
            numeric: ["age", "gain"], categorical: ["job", "sex"], missingNumbers: numbers,
            missingCategories: categories, scales: scales)
    }

    // Oracle: scikit-learn 1.9.1, ColumnTransformer([("n", make_pipeline(SimpleImputer(strategy="median"),
    // StandardScaler()), ["age", "gain"]), ("c", make_pipeline(SimpleImputer(strategy="most_frequent"),
    // OneHotEncoder(handle_unknown="ignore")), ["job", "sex"])]).fit(training).transform(training).
    @Test func `matches scikit-learn on the rows it was fitted on`() throws {
        let data = try Self.training()
        let features = try Self.preprocessor().fit(data).encode(data)
        #expect(features.numeric.map(\.name) == ["age", "gain"])
        let age = [
            -0.6735953343322956, 0.6436577639175269, 0.5239074822584522, 1.0029086088947512, -1.990848432582118,
            -0.9130958976504452, 0.5239074822584522, 0.8831583272356764,
        ]
        let rest = -0.4407985708675427
        let gain = [0.030745822325242554, rest, rest, rest, rest, rest, rest, 2.614045602880014]
        #expect(isClose(features.numeric[0].values, age, tolerance: 1e-14))
        #expect(isClose(features.numeric[1].values, gain, tolerance: 1e-14))
        // The places of the ones among job = e, p, s and sex = F, M.
        #expect(
            features.categorical == [
                .init(name: "job", categoryCount: 3, codes: [2, 0, 0, 1, 1, 0, 2, 0]),
                .init(name: "sex", categoryCount: 2, codes: [1, 1, 1, 1, 0, 0, 0, 1]),
            ])
    }

    // Oracle: the same, transform(unseen).
    @Test func `matches scikit-learn on unseen rows, in any order of columns`() throws {
        let features = try Self.preprocessor().fit(Self.training()).encode(Self.unseen())
        #expect(isClose(features.numeric[0].values, [0.5239074822584522, 1.9609108621673494], tolerance: 1e-14))
        #expect(isClose(features.numeric[1].values, [0.6465298758092892, -0.4407985708675427], tolerance: 1e-14))
        #expect(features.categorical.map(\.codes) == [[-1, 1], [1, 0]])
    }

    // Oracle: the same with SimpleImputer(strategy="mean") and no imputer for the categories; transform(unseen).
    @Test func `matches scikit-learn with the mean, and missing as a category`() throws {
        let fitted = try Self.preprocessor(.mean, .keep).fit(Self.training())
        #expect(fitted.categoryImputer == nil)
        #expect(fitted.featureCount == 9)
        let features = try fitted.encode(Self.unseen())
        #expect(isClose(features.numeric[0].values, [0, 2.0768805540571886], tolerance: 1e-14))
        #expect(isClose(features.numeric[1].values, [0.591830358890536, 0], tolerance: 1e-14))
        #expect(features.categorical.map(\.categoryCount) == [4, 3])
        #expect(features.categorical.map(\.codes) == [[-1, 1], [2, 0]])
    }

    @Test func `without scaling, numbers stay as they are but for the missing ones`() throws {
        let fitted = try Self.preprocessor(.constant(-1), .impute(.constant("none")), scales: false).fit(
            Self.training())
        #expect(fitted.scaler == nil)
        let features = try fitted.encode(Self.unseen())
        #expect(features.numeric.map(\.values) == [[-1, 61], [5013, -1]])
        #expect(fitted.encoder.encodings.map(\.categories) == [["e", "none", "p", "s"], ["F", "M", "none"]])
        #expect(features.categorical.map(\.codes) == [[-1, 2], [2, 0]])
    }

    @Test(arguments: [true, false])
    func `survives save and load, bit for bit`(keeps: Bool) throws {
        let fitted = try Self.preprocessor(.mean, keeps ? .keep : .impute(.mostFrequent)).fit(Self.training())
        let saved = try JSONEncoder().encode(fitted)
        let loaded = try JSONDecoder().decode(Preprocessor.Fitted.self, from: saved)
        #expect(loaded == fitted)
        #expect(try loaded.encode(Self.unseen()) == fitted.encode(Self.unseen()))
        #expect(try Self.preprocessor(.mean, keeps ? .keep : .impute(.mostFrequent)).fit(Self.training()) == fitted)
    }

    @Test func `describes every feature in the order of the coefficients`() throws {
        let fitted = try Self.preprocessor(.median, .keep).fit(Self.training())
        let features = fitted.features
        #expect(features.count == fitted.featureCount)
        #expect(
            features.map(\.name) == [
                "age", "gain", "job=e", "job=p", "job=s", "job is missing", "sex=F", "sex=M", "sex is missing",
            ])
        #expect(features.map(\.kind) == ["numeric", "numeric"] + Array(repeating: "one_hot", count: 7))
        #expect(features[0].fill == 49)
        #expect(isClose(features[0].sd ?? 0, fitted.scaler?.scales[0].sd ?? 1, tolerance: 0))
        #expect(features[5].category == nil && features[4].category == "s")
    }

    @Test func `a row alone becomes what it becomes among others`() throws {
        let data = try Self.training()
        let fitted = try Self.preprocessor().fit(data)
        let whole = try fitted.encode(data)
        for row in 0..<data.rowCount {
            let alone = try fitted.encode(data.rows([row]))
            #expect(alone.numeric.map(\.values) == whole.numeric.map { [$0.values[row]] })
            #expect(alone.categorical.map(\.codes) == whole.categorical.map { [$0.codes[row]] })
        }
    }

    @Test func `a column that is not there is refused`() throws {
        let fitted = try Self.preprocessor().fit(Self.training())
        #expect(throws: LeewayError(.missingColumn, "There is no column 'age'.", hint: "Columns: gain, sex.")) {
            try fitted.encode(Self.unseen().selecting(["gain", "sex"]))
        }
    }
}
