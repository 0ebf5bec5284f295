import LeewayCore
import LeewayLearn
import LeewayMonitor
import Testing

@Suite struct ReconstructionErrorTests {
    /// Three columns that follow one of their own, so that each by itself is standard normal.
    private static func together(_ draws: inout Draws, _ count: Int, share: Double) throws -> Dataset {
        var columns = [[Double]](repeating: [], count: 3)
        for _ in 0..<count {
            let common = draws.gaussian()
            for place in columns.indices {
                columns[place].append(share.squareRoot() * common + (1 - share).squareRoot() * draws.gaussian())
            }
        }
        return try Dataset(columns: columns.enumerated().map { .init("x\($0)", .numeric($1)) })
    }

    @Test func `columns that no longer go together are seen, though each by itself is as it was`() throws {
        var draws = Draws(seed: 3)
        let reference = try Self.together(&draws, 2_000, share: 0.9)
        let finding = ReconstructionError(seed: 1)
            .evaluate(reference: reference, window: try Self.together(&draws, 300, share: 0.5))
        let result = try #require(finding.outcome.result)
        #expect(finding.keptComponents == 1 && finding.scaledColumns == 3)
        #expect(try #require(result.pValue) < 1e-20)
        #expect(result.statistic > 0 && result.distance > 1 && result.interval.lower > 0.9)
        #expect(finding.windowError > 1.8 * finding.referenceError)
        let quiet = ReconstructionError(seed: 1)
            .evaluate(reference: reference, window: try Self.together(&draws, 300, share: 0.9))
        #expect(try #require(quiet.outcome.result?.pValue) > 0.05)
        #expect(quiet.outcome.result?.interval.lower == 0)
    }

    @Test func `rows that lie nearer are drift too`() throws {
        var draws = Draws(seed: 4)
        let result = try #require(
            ReconstructionError().evaluate(
                reference: try Self.together(&draws, 1_000, share: 0.5),
                window: try Self.together(&draws, 300, share: 0.95)
            ).outcome.result)
        #expect(result.statistic < 0 && result.distance > 0.5)
        #expect(try #require(result.pValue) < 1e-10)
    }

    // 500 draws at a level of 5 %: 25 are expected, 40 or more have a chance of 0.3 %; of 1 %: 5, 14 or more, 0.07 %.
    @Test func `under no drift the p-value is below a level as often as the level says`() throws {
        var pValues: [Double] = []
        for seed in 0..<500 as Range<UInt64> {
            var draws = Draws(seed: 5_000 + seed)
            let reference = try DrawnTable(&draws, count: 120).dataset()
            let window = try DrawnTable(&draws, count: 40).dataset()
            let finding = ReconstructionError(seed: seed).evaluate(reference: reference, window: window)
            pValues.append(try #require(finding.outcome.result?.pValue))
        }
        #expect((11...39).contains(pValues.count { $0 < 0.05 }))
        #expect(pValues.count { $0 < 0.01 } <= 13)
    }

    // Oracle: scipy 1.17.1, ttest_ind(b, a, equal_var=True), and equal_var=False with its confidence_interval(0.95); numpy
    // 2.4.6, a.std(ddof=1).
    @Test func `the test is Student's, the interval Welch's`() throws {
        var draws = Draws(seed: 5)
        let reference = (0..<50).map { _ in
            let u = draws.fraction()
            return u * u
        }
        let window = (0..<14).map { _ in
            let u = draws.fraction()
            return 1.5 * u * u
        }
        let result = ErrorPair(reference: reference, window: window).result
        #expect(abs(result.statistic - 1.178211419728718) < 1e-13)
        #expect(abs(try #require(result.pValue) - 0.24321478715104608) < 1e-13)
        #expect(abs(result.distance - 0.1292892360119718 / 0.3350063364825301) < 1e-13)
        #expect(result.interval.lower == 0)
        #expect(abs(result.interval.upper - 0.4033035954136637 / 0.3350063364825301) < 1e-12)
    }

    @Test func `errors that do not vary are equal or apart`() throws {
        let equal = ErrorPair(reference: [2, 2, 2], window: [2, 2]).result
        #expect(equal.pValue == 1 && equal.statistic == 0 && equal.distance == 0 && equal.interval.upper == 0)
        let apart = ErrorPair(reference: [0, 0, 0, 0], window: [3, 3, 3, 3]).result
        #expect(try #require(apart.pValue) < 1e-12)
        #expect(apart.distance == 3 && apart.interval.lower == 3 && apart.interval.upper == 3)
        #expect(apart.statistic.isFinite)
    }

    @Test func `a constant that moves, infinities, and a new category are seen; a constant that stays is not`() throws {
        let still = [Double](repeating: 7, count: 40)
        let noise = (0..<40).map { Double($0 * 7 % 40) }
        func result(_ reference: [Double], _ window: [Double]) throws -> DriftResult? {
            ReconstructionError().evaluate(
                reference: try Dataset(["a": noise, "b": reference]), window: try Dataset(["a": noise, "b": window])
            ).outcome.result
        }
        #expect(try #require(result(still, still)?.pValue) > 0.05)
        #expect(try #require(result(still, still.map { $0 + 1e-9 })?.pValue) < 1e-6)
        #expect(try #require(result(noise.reversed(), noise.map { _ in .infinity })?.pValue) < 1e-6)
        func categories(_ texts: [String]) throws -> Dataset {
            try Dataset(columns: [.init("a", .numeric(noise)), .init("c", .categorical(Categorical(texts)))])
        }
        let known = (0..<40).map { ["u", "v", "w"][$0 % 3] }
        let finding = ReconstructionError().evaluate(
            reference: try categories(known), window: try categories(known.map { _ in "new" }))
        #expect(try #require(finding.outcome.result?.pValue) < 1e-6)
    }

    @Test func `too few rows or no columns are no evidence`() throws {
        func outcome(_ reference: [Double], _ window: [Double]) throws -> DriftOutcome {
            ReconstructionError().evaluate(reference: try Dataset(["x": reference]), window: try Dataset(["x": window]))
                .outcome
        }
        let ten = (0..<10).map(Double.init)
        #expect(try outcome(ten, []) == .noEvidence(.emptyWindow))
        #expect(try outcome([], ten) == .noEvidence(.emptyReference))
        #expect(try outcome(ten, [1, 2]) == .noEvidence(.tooFewRows))
        #expect(try outcome(ten, ten).result != nil)
        let missing = [Double](repeating: .nan, count: 10)
        #expect(try outcome(missing, ten) == .noEvidence(.emptyReference))
        #expect(try outcome(ten, missing).result != nil)
    }
}
