package import LeewayCore

/// A preprocessor and a regression, made one: scores rows of numbers and codes without a data set in between.
///
/// - Shape: rows of m numbers and k codes in, row after row; a score a row out.
/// - Missing: NaN, and the code -1; -2 is a category that has no code. They are filled as the preprocessor says.
/// - Source: the same sums in the same order as `Preprocessor.Fitted.encode` and `Model.predictProbabilities`, so the same bits.
package struct RowScorer: Sendable {
    private struct Number: Sendable {
        let place: Int
        let fill: Double
        let mean: Double
        let sd: Double
        let weight: Double
    }

    private struct Category: Sendable {
        let place: Int
        /// What each code adds: first the one of unknown texts, then of missing ones, then of the codes from 0.
        let weights: [Double]
    }

    /// What a column adds to a row's score.
    package struct Contribution: Sendable, Equatable {
        package let column: String
        /// In log-odds.
        package let logOdds: Double
    }

    /// How many numbers a row has.
    package let numberCount: Int
    /// How many codes a row has.
    package let categoryCount: Int
    package let intercept: Double
    private let numbers: [Number]
    private let categories: [Category]
    private let columns: [String]

    /// Joins the two; `numbers` and `categories` say what the places of a row hold.
    ///
    /// - Throws: `missingColumn` where a column of the model is none of them.
    package init(
        _ preprocessor: Preprocessor.Fitted, _ model: LogisticRegression.Model, numbers names: [String],
        categories books: [(name: String, categories: [String])]
    ) throws(LeewayError) {
        (numberCount, categoryCount) = (names.count, books.count)
        intercept = model.intercept
        columns = model.numeric.map(\.column) + model.categorical.map(\.column)
        var (numbers, categories) = ([Number](), [Category]())
        for (fill, weight) in zip(preprocessor.numericImputer.fills, model.numeric) {
            guard let place = names.firstIndex(of: fill.column), fill.column == weight.column else {
                throw Self.missing(fill.column)
            }
            let scale = preprocessor.scaler?.scales.first { $0.column == fill.column }
            numbers.append(
                Number(
                    place: place, fill: fill.value, mean: scale?.mean ?? 0, sd: scale?.sd ?? 1, weight: weight.weight))
        }
        for (encoding, weights) in zip(preprocessor.encoder.encodings, model.categorical) {
            guard let place = books.firstIndex(where: { $0.name == encoding.column }),
                encoding.column == weights.column, encoding.featureCount == weights.weights.count
            else { throw Self.missing(encoding.column) }
            let learned = Dictionary(zip(encoding.categories, weights.weights)) { first, _ in first }
            let fill = preprocessor.categoryImputer?.fills.first { $0.column == encoding.column }
            let missing =
                fill.map { learned[$0.value] ?? 0 } ?? (encoding.hasMissing ? weights.weights.last ?? 0 : 0)
            categories.append(
                Category(place: place, weights: [0, missing] + books[place].categories.map { learned[$0] ?? 0 }))
        }
        (self.numbers, self.categories) = (numbers, categories)
    }

    /// Each row's probability of being a positive one, 0 … 1.
    package func probabilities(numbers values: [Double], codes: [Int32], rowCount: Int) -> [Double] {
        precondition(
            values.count == rowCount * numberCount && codes.count == rowCount * categoryCount,
            "Rows and places must agree.")
        var scores = [Double](repeating: 0, count: rowCount)
        for row in 0..<rowCount {
            scores[row] = decisionValue(values, at: row * numberCount, codes, at: row * categoryCount)
        }
        for start in stride(from: 0, to: rowCount, by: Lanes.scalarCount) {
            var lanes = Lanes()
            let end = min(start + Lanes.scalarCount, rowCount)
            for place in start..<end { lanes[place - start] = scores[place] }
            let probabilities = Logistic(lanes).probability
            for place in start..<end { scores[place] = probabilities[place - start] }
        }
        return scores
    }

    /// What each column adds to a row's score, in the model's order; with the intercept they sum to the log-odds.
    package func contributions(numbers values: [Double], codes: [Int32], row: Int) -> [Contribution] {
        let added =
            numbers.map { term($0, values, at: row * numberCount) }
            + categories.map { $0.weights[Int(codes[row * categoryCount + $0.place]) + 2] }
        return zip(columns, added).map { Contribution(column: $0, logOdds: $1) }
    }

    private func decisionValue(_ values: [Double], at start: Int, _ codes: [Int32], at codeStart: Int) -> Double {
        var score = intercept
        for number in numbers { score += term(number, values, at: start) }
        for category in categories { score += category.weights[Int(codes[codeStart + category.place]) + 2] }
        return score
    }

    private func term(_ number: Number, _ values: [Double], at start: Int) -> Double {
        let value = values[start + number.place]
        return number.weight * (((value.isNaN ? number.fill : value) - number.mean) / number.sd)
    }

    private static func missing(_ column: String) -> LeewayError {
        LeewayError(
            .missingColumn, "The model needs the column '\(column)', which the contract does not have.",
            hint: "The version's files do not belong together: train again.")
    }
}
