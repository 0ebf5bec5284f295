import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayLearn

@Suite struct StandardScalerTests {
    @Test func `obeys the transformer laws`() throws {
        try expectTransformerLaws(
            StandardScaler(columns: ["age", "flat"]), on: Dataset(["age": [20, 40, 60, .nan], "flat": [7, 7, 7, 7]]))
    }

    // Oracle: scikit-learn 1.9.1, StandardScaler().fit_transform([[1], [2], [3], [4]]).
    @Test func `matches scikit-learn`() throws {
        let data = try Dataset(["x": [1, 2, 3, 4]])
        let scaled = try StandardScaler(columns: ["x"]).fit(data).transform(data).column("x")
        let expected = [-1.3416407864998738, -0.4472135954999579, 0.4472135954999579, 1.3416407864998738]
        #expect(isClose(scaled, expected, tolerance: 1e-15))
    }

    // Oracle: scikit-learn 1.9.1, StandardScaler().fit([[39], [50], [38], [nan], [53], [28], [37]]): mean_, scale_,
    // transform([[39], [nan], [100]]).
    @Test func `skips what is missing, and keeps it`() throws {
        let fitted = try StandardScaler(columns: ["x"]).fit(Dataset(["x": [39, 50, 38, .nan, 53, 28, 37]]))
        #expect(isClose(fitted.scales[0].mean, 40.833333333333336, tolerance: 1e-15))
        #expect(isClose(fitted.scales[0].sd, 8.394773506308685, tolerance: 1e-15))
        let scaled = try fitted.transform(Dataset(["x": [39, .nan, 100]])).column("x")
        #expect(isClose(scaled, [-0.21838985077507844, .nan, 7.048036093195704], tolerance: 1e-15))
    }

    // Oracle: scikit-learn 1.9.1, StandardScaler().fit([[1e9 + 4], [1e9 + 7], [1e9 + 13], [1e9 + 16]]): mean_, scale_.
    @Test func `a large mean costs no digits of the deviation`() throws {
        let fitted = try StandardScaler(columns: ["x"]).fit(Dataset(["x": [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]]))
        #expect(fitted.scales[0].mean == 1_000_000_010)
        #expect(isClose(fitted.scales[0].sd, 4.743416490252569, tolerance: 1e-15))
    }

    @Test func `a constant column becomes 0, whatever rounding does to its mean`() throws {
        let data = try Dataset(["x": [0.1, 0.1, .nan, 0.1]])
        let fitted = try StandardScaler(columns: ["x"]).fit(data)
        #expect(fitted.scales == [.init(column: "x", mean: 0.1, sd: 1)])
        #expect(isClose(try fitted.transform(data).column("x"), [0, 0, .nan, 0], tolerance: 0))
    }

    @Test func `infinite values teach nothing`() throws {
        let fitted = try StandardScaler(columns: ["x"]).fit(Dataset(["x": [1, .infinity, 3, -.infinity]]))
        #expect(fitted.scales == [.init(column: "x", mean: 2, sd: 1)])
    }

    @Test func `one row is a constant column`() throws {
        #expect(
            try StandardScaler(columns: ["x"]).fit(Dataset(["x": [5]])).scales == [.init(column: "x", mean: 5, sd: 1)])
    }

    @Test func `a column without a finite value is refused`() {
        #expect(throws: LeewayError(.noUsableValues, "Column 'x' has no finite value.", hint: "Leave it out.")) {
            try StandardScaler(columns: ["x"]).fit(Dataset(["x": [.nan, .infinity]]))
        }
    }

    @Test func `a column that is not there, or holds categories, is refused`() throws {
        let data = try Dataset(columns: [.init("c", .categorical(Categorical(["a"])))])
        #expect(throws: LeewayError(.missingColumn, "There is no column 'x'.", hint: "Columns: c.")) {
            try StandardScaler(columns: ["x"]).fit(data)
        }
        #expect(throws: LeewayError(.wrongColumnKind, "Column 'c' is categorical where numbers are needed.")) {
            try StandardScaler(columns: ["c"]).fit(data)
        }
    }
}
