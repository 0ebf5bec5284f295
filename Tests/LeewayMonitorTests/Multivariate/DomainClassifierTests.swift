import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct DomainClassifierTests {
    private static func sides(
        _ seed: UInt64, _ referenceRows: Int, _ windowRows: Int,
        change: (inout DrawnTable, inout Draws) -> Void = { _, _ in }
    ) throws -> (reference: Dataset, window: Dataset) {
        var draws = Draws(seed: seed)
        let reference = DrawnTable(&draws, count: referenceRows)
        var window = DrawnTable(&draws, count: windowRows)
        change(&window, &draws)
        return (try reference.dataset(), try window.dataset())
    }

    private static func result(_ sides: (reference: Dataset, window: Dataset), seed: UInt64 = 1) throws -> DriftResult {
        let finding = try DomainClassifier(seed: seed).evaluate(reference: sides.reference, window: sides.window)
        return try #require(finding.outcome.result)
    }

    // Oracle: Φ(1 / √2), the largest area that a normal shift of 1 allows; scipy 1.17.1, norm.cdf(0.5 ** 0.5).
    @Test func `a shift of one of four columns is seen almost whole, and the column is named`() throws {
        let sides = try Self.sides(5, 1_500, 1_000) { window, _ in window.x = window.x.map { $0 + 1 } }
        let finding = try DomainClassifier(seed: 1).evaluate(reference: sides.reference, window: sides.window)
        let result = try #require(finding.outcome.result)
        #expect(abs(result.statistic - 0.7602499389065233) < 0.025)
        #expect(result.distance == result.statistic && result.noise == 0.5)
        #expect(try #require(result.pValue) < 1e-30)
        #expect(result.interval.lower < result.statistic && result.interval.lower > result.statistic - 0.03)
        #expect(result.interval.upper > result.statistic && result.interval.upper < result.statistic + 0.03)
        #expect(finding.columns.map(\.column).first == "x" && finding.columns[0].share > 0.9)
        #expect(abs(finding.columns.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        #expect(finding.referenceRows == 1_500 && finding.windowRows == 1_000 && finding.leftOut.isEmpty)
    }

    // Oracle: scikit-learn 1.9.1, cross_val_score(LogisticRegression(C=0.01), X, y, scoring="roc_auc",
    // cv=StratifiedKFold(5, shuffle=True, random_state=s)).mean() for s = 0 … 4 on the same rows, binned at the reference's
    // and window's common deciles, missing a bin of its own, one-hot: 0.6465 … 0.6545.
    @Test(arguments: [1, 2, 3]) func `the area is scikit-learn's but for the draw of the folds`(seed: UInt64) throws {
        let result = try Self.result(Self.oracle(), seed: seed)
        #expect((0.6425...0.6605).contains(result.statistic))
    }

    private static func oracle() throws -> (reference: Dataset, window: Dataset) {
        try sides(21, 1_500, 1_200) { window, _ in
            window.x = window.x.map { $0 + 0.5 }
            for row in window.x.indices where window.category[row] == "a" && window.x[row] > 0 {
                window.category[row] = "b"
            }
        }
    }

    @Test func `a spread, a hole, a new category and missing values are seen`() throws {
        let changes: [(inout DrawnTable, inout Draws) -> Void] = [
            { window, _ in window.x = window.x.map { $0 * 2 } },
            { window, draws in
                for row in window.x.indices where abs(window.x[row]) < 0.5 { window.x[row] = draws.gaussian() * 2 }
            },
            { window, _ in for row in window.category.indices where row % 4 == 0 { window.category[row] = "new" } },
            { window, _ in for row in window.gaps.indices where row % 4 == 0 { window.gaps[row] = .nan } },
        ]
        for (place, change) in changes.enumerated() {
            let sides = try Self.sides(8, 1_000, 600, change: change)
            let finding = try DomainClassifier(seed: 1).evaluate(reference: sides.reference, window: sides.window)
            let result = try #require(finding.outcome.result)
            #expect(try #require(result.pValue) < 1e-4)
            #expect(result.interval.lower > 0.5)
            #expect(finding.columns[0].column == ["x", "x", "category", "gaps"][place])
        }
    }

    @Test func `where nothing moved the interval starts at one half`() throws {
        let result = try Self.result(Self.sides(2, 800, 500))
        #expect(abs(result.statistic - 0.5) < 0.04)
        #expect(try #require(result.pValue) > 0.05)
        #expect(result.interval.lower == 0.5 && result.interval.upper < 0.56)
        #expect(result.distance >= 0.5)
    }

    // 150 draws at a level of 5 %: 7.5 are expected, 16 or more have a chance of 0.3 %; of 1 %: 1.5, 6 or more, 0.4 %.
    @Test func `under no drift the p-value is below a level as often as the level says`() throws {
        var pValues: [Double] = []
        for seed in 0..<150 as Range<UInt64> {
            var draws = Draws(seed: 1_000 + seed)
            func dataset(_ count: Int) throws -> Dataset {
                var columns = [[Double]](repeating: [], count: 2)
                for _ in 0..<count {
                    for place in columns.indices { columns[place].append((draws.gaussian() * 2).rounded()) }
                }
                return try Dataset(columns: columns.enumerated().map { .init("\($0)", .numeric($1)) })
            }
            let result = try Self.result((dataset(40), dataset(30)), seed: seed)
            pValues.append(try #require(result.pValue))
        }
        #expect((1...15).contains(pValues.count { $0 < 0.05 }))
        #expect(pValues.count { $0 < 0.01 } <= 5)
        #expect((55...95).contains(pValues.count { $0 < 0.5 }))
    }

    @Test func `rows of the reference in the window break nothing`() throws {
        let sides = try Self.sides(4, 600, 600)
        let result = try Self.result((sides.reference, sides.reference))
        #expect(result.statistic <= 0.51 && result.distance >= 0.5)
        #expect(try #require(result.pValue) > 0.3)
        let mixed = try Self.result((sides.reference, sides.reference.rows(Array(0..<30))))
        #expect(try #require(mixed.pValue) > 0.01)
    }

    @Test func `sides that nothing but chance sets in order are apart with certainty`() throws {
        let rows = (0..<100).map(Double.init)
        let result = try Self.result((Dataset(["x": rows]), Dataset(["x": rows.map { $0 + 1_000 }])))
        #expect(result.statistic == 1 && result.interval.upper == 1)
        #expect(result.interval.lower > 0.95 && result.interval.lower < 1)
    }

    @Test func `a draw of the rows does not depend on threads, and larger tables are sampled`() throws {
        let sides = try Self.sides(6, 500, 400) { window, _ in window.x = window.x.map { $0 + 1 } }
        var classifier = DomainClassifier(sampleLimit: 200, seed: 3)
        let one = try classifier.evaluate(reference: sides.reference, window: sides.window)
        classifier.threads = 2
        #expect(try classifier.evaluate(reference: sides.reference, window: sides.window) == one)
        #expect(one.referenceRows == 200 && one.windowRows == 200)
        classifier.seed = 4
        #expect(try classifier.evaluate(reference: sides.reference, window: sides.window) != one)
    }

    @Test func `columns that can't be compared are left out, and none at all is no evidence`() throws {
        let reference = try Dataset(columns: [
            .init("gone", .numeric([Double](repeating: 1, count: 30))),
            .init("kind", .numeric((0..<30).map(Double.init))),
            .init("void", .numeric((0..<30).map(Double.init))),
        ])
        let texts = Categorical((0..<20).map { "\($0 % 3)" })
        let window = try Dataset(columns: [
            .init("kind", .categorical(texts)),
            .init("void", .categorical(Categorical([String?](repeating: nil, count: 20)))),
            .init("more", .categorical(texts)),
        ])
        let finding = try DomainClassifier().evaluate(reference: reference, window: window)
        #expect(finding.leftOut == [LeftOutColumn("gone", .noColumn), LeftOutColumn("kind", .wrongType)])
        #expect(finding.outcome.result?.statistic == 1 && finding.columns.map(\.column) == ["void"])
        let none = try DomainClassifier().evaluate(
            reference: reference.selecting(["kind"]), window: window.selecting(["kind"]))
        #expect(none.outcome == .noEvidence(.wrongType))
    }

    @Test func `too few rows are no evidence, and a table without a difference has none`() throws {
        func outcome(_ reference: [Double], _ window: [Double]) throws -> DriftOutcome {
            try DomainClassifier().evaluate(reference: Dataset(["x": reference]), window: Dataset(["x": window]))
                .outcome
        }
        let ten = (0..<10).map(Double.init)
        #expect(try outcome(ten, []) == .noEvidence(.emptyWindow))
        #expect(try outcome([], ten) == .noEvidence(.emptyReference))
        #expect(try outcome(ten, [1]) == .noEvidence(.tooFewRows))
        #expect(try outcome(ten, ten).result != nil)
        let still = try #require(
            try outcome([Double](repeating: 2, count: 10), [Double](repeating: 2, count: 12)).result)
        #expect(still.statistic == 0.5 && still.pValue == 1 && still.interval.lower == 0.5)
        let empty = try Dataset(columns: [])
        #expect(
            try DomainClassifier().evaluate(reference: empty, window: empty).outcome == .noEvidence(.emptyReference))
    }
}
