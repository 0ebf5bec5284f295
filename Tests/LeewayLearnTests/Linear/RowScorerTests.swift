import LeewayCore
import LeewayStats
import LeewayTestSupport
import Testing

@testable import LeewayLearn

@Suite struct RowScorerTests {
    /// A preprocessor's settings: how missing values are filled, and whether numbers are scaled.
    struct Settings: Sendable, CustomTestStringConvertible {
        let numbers: NumericImputer.Strategy
        let categories: Preprocessor.MissingCategories
        let scales: Bool
        var testDescription: String { "\(numbers), \(categories), \(scales ? "scaled" : "as they are")" }
    }

    private static let settings: [Settings] = [NumericImputer.Strategy.median, .mean, .constant(-7.5)].flatMap {
        numbers in
        [
            Preprocessor.MissingCategories.keep, .impute(.mostFrequent), .impute(.constant("c2")),
            .impute(.constant("never seen")),
        ].flatMap { categories in
            [true, false].map { Settings(numbers: numbers, categories: categories, scales: $0) }
        }
    }

    /// Two numbers and two texts; some missing, of the texts some beyond the first `known`.
    private struct Table {
        var numbers: [[Double]] = [[], []]
        var texts: [[String?]] = [[], []]

        init(_ rowCount: Int, known: Int, seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<rowCount {
                for place in 0..<2 {
                    let isMissing = generator.next(below: 8) == 0
                    let value = Double(generator.next() >> 11) * 0x1p-53 * (place == 0 ? 90 : 1e6)
                    numbers[place].append(isMissing ? .nan : value)
                }
                for place in 0..<2 {
                    let isMissing = generator.next(below: 8) == 0
                    texts[place].append(isMissing ? nil : "c\(generator.next(below: known))")
                }
            }
        }

        /// The columns, with one before and one between them that no model uses.
        func dataset() throws -> Dataset {
            try Dataset(columns: [
                .init("id", .numeric(numbers[0].map { $0 * 3 })), .init("a", .numeric(numbers[0])),
                .init("s", .categorical(Categorical(texts[0]))), .init("b", .numeric(numbers[1])),
                .init("t", .categorical(Categorical(texts[1]))),
            ])
        }

        /// The values as a reader of rows keeps them: numbers of id, b, a; codes of t, s in the order of the books.
        func rows(_ books: [(name: String, categories: [String])]) -> (numbers: [Double], codes: [Int32]) {
            var (numbers, codes) = ([Double](), [Int32]())
            for row in self.numbers[0].indices {
                numbers += [self.numbers[0][row] * 3, self.numbers[1][row], self.numbers[0][row]]
                for (book, place) in zip(books, [1, 0]) {
                    codes.append(
                        texts[place][row].map { text in book.categories.firstIndex(of: text).map { Int32($0) } ?? -2 }
                            ?? -1)
                }
            }
            return (numbers, codes)
        }
    }

    /// The books of t and s: in another order than training's, with a text that it has not, and one that it has left out.
    private static let books: [(name: String, categories: [String])] = [
        ("t", ["c3", "new", "c0", "c1", "c2"]), ("s", ["c0", "c1", "c2", "c3"]),
    ]

    private static func fit(
        _ settings: Settings
    ) throws -> (Preprocessor.Fitted, LogisticRegression.Model) {
        let training = Table(400, known: 4, seed: 1)
        let data = try training.dataset()
        let fitted = try Preprocessor(
            numeric: ["a", "b"], categorical: ["s", "t"], missingNumbers: settings.numbers,
            missingCategories: settings.categories, scales: settings.scales
        ).fit(data)
        var generator = SeededGenerator(seed: 2)
        let labels = training.numbers[0].map { ($0.isNaN ? 45 : $0) + Double(generator.next(below: 40)) > 65 }
        return (fitted, try LogisticRegression().fit(fitted.encode(data), labels: labels))
    }

    // 1,003 rows: the last of them do not fill a vector.
    @Test(arguments: settings)
    func `scores as preprocessor and model do, to the last bit`(settings: Settings) throws {
        let (fitted, model) = try Self.fit(settings)
        let scorer = try RowScorer(fitted, model, numbers: ["id", "b", "a"], categories: Self.books)
        let table = Table(1_003, known: 6, seed: 3)
        let (numbers, codes) = table.rows(Self.books)
        #expect(codes.contains(-2) && codes.contains(-1) && numbers.contains { $0.isNaN })
        let expected = try model.predictProbabilities(fitted.encode(table.dataset()))
        let scores = scorer.probabilities(numbers: numbers, codes: codes, rowCount: 1_003)
        #expect(scores.map(\.bitPattern) == expected.map(\.bitPattern))
        #expect(Set(expected).count > 900)
        // A row alone gets what it gets among others.
        for row in [0, 500, 1_002] {
            let alone = scorer.probabilities(
                numbers: Array(numbers[row * 3..<row * 3 + 3]), codes: Array(codes[row * 2..<row * 2 + 2]), rowCount: 1)
            #expect(alone[0].bitPattern == expected[row].bitPattern)
        }
    }

    @Test(arguments: settings)
    func `what the columns add sums to the log-odds`(settings: Settings) throws {
        let (fitted, model) = try Self.fit(settings)
        let scorer = try RowScorer(fitted, model, numbers: ["id", "b", "a"], categories: Self.books)
        let table = Table(200, known: 6, seed: 4)
        let (numbers, codes) = table.rows(Self.books)
        let logOdds = try model.decisionValues(fitted.encode(table.dataset()))
        for row in 0..<200 {
            let added = scorer.contributions(numbers: numbers, codes: codes, row: row)
            #expect(added.map(\.column) == ["a", "b", "s", "t"])
            let sum = added.reduce(scorer.intercept) { $0 + $1.logOdds }
            #expect(isClose(sum, logOdds[row], tolerance: 1e-12))
            if codes[row * 2] == -2 { #expect(added[3].logOdds == 0) }
        }
    }

    @Test func `no rows get no scores`() throws {
        let (fitted, model) = try Self.fit(Self.settings[0])
        let scorer = try RowScorer(fitted, model, numbers: ["id", "b", "a"], categories: Self.books)
        #expect(scorer.probabilities(numbers: [], codes: [], rowCount: 0) == [])
        #expect(scorer.numberCount == 3 && scorer.categoryCount == 2)
    }

    @Test func `a column that is not among the rows is told`() throws {
        let (fitted, model) = try Self.fit(Self.settings[0])
        func refusal(_ numbers: [String], _ names: [String]) -> String? {
            do {
                _ = try RowScorer(
                    fitted, model, numbers: numbers, categories: names.map { (name: $0, categories: ["c0"]) })
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            refusal(["b"], ["s", "t"])
                == "missing_column: The model needs the column 'a', which the contract does not have. The version's files do not belong together: train again."
        )
        #expect(refusal(["a", "b"], ["s"])?.contains("the column 't'") == true)
        #expect(refusal(["b", "a"], ["t", "s"]) == nil)
        // Files of two versions: the weights are of other columns, or of other categories.
        let other = try Preprocessor(numeric: ["b", "a"], categorical: ["s", "t"]).fit(
            Table(400, known: 4, seed: 1).dataset())
        #expect(throws: LeewayError.self) {
            try RowScorer(other, model, numbers: ["id", "b", "a"], categories: Self.books)
        }
        let fewer = try Preprocessor(numeric: ["a", "b"], categorical: ["s", "t"]).fit(
            Table(400, known: 3, seed: 1).dataset())
        #expect(throws: LeewayError.self) {
            try RowScorer(fewer, model, numbers: ["id", "b", "a"], categories: Self.books)
        }
    }
}
