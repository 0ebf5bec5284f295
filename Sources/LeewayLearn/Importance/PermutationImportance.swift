package import LeewayCore
import LeewayStats

/// How much of its quality a model loses when a column's values are dealt out anew among the rows.
///
/// - Shape: one entry a column of the model, the heaviest weight first; a categorical column is one column.
/// - Missing: labels have none; an unknown category is dealt out as what it is.
/// - Constant column, or one of weight 0: exactly 0.
/// - Source: Breiman, Machine Learning 45 (2001); scikit-learn 1.9 `permutation_importance` (the test side, sd with ddof = 0).
package struct PermutationImportance: Sendable, Codable, Equatable {
    /// What was lost over the repeats.
    package struct Loss: Sendable, Codable, Equatable {
        /// The mean; below 0 where chance made the model better.
        package let mean: Double
        /// The standard deviation of a single repeat, divided by n.
        package let sd: Double
    }

    /// One column's importance.
    package struct Column: Sendable, Codable, Equatable {
        /// The column's name.
        package let column: String
        /// How much of the total falls to it: the weights are 0 … 1 and their sum is 1.
        package let weight: Double
        /// By how much the AUC falls; nil where the rows are of one class.
        package let rocAUCLoss: Loss?
        /// By how much the log loss rises, in nats.
        package let logLossRise: Loss

        private enum CodingKeys: String, CodingKey {
            case column
            case weight
            case rocAUCLoss = "roc_auc_loss"
            case logLossRise = "log_loss_rise"
        }
    }

    /// The most rows that are looked at; of more, a sample is drawn.
    package static let rowLimit = 20_000

    /// The rows that were looked at.
    package let rows: Int
    /// How often each column was dealt out.
    package let repeats: Int
    /// The columns, the heaviest first; of equal weight, in the model's order.
    package let columns: [Column]

    /// Deals each column out anew, `repeats` times, on rows that the model was not fitted on.
    ///
    /// The weight is the share of the AUC that is lost (of the log loss, where there is no AUC), a loss below 0 counting as
    /// 0; where nothing is lost at all, all columns weigh the same.
    ///
    /// - Parameters:
    ///   - model: the fitted model.
    ///   - features: its columns.
    ///   - labels: for each row, whether it is a positive one.
    ///   - repeats: how often each column is dealt out, at least once.
    ///   - seed: where the draws start; each column and repeat has a stream of its own.
    ///   - threads: how many threads compute; the result is the same to the last bit.
    /// - Throws: `malformedDataset` where columns or labels are not the model's; `noUsableValues` without rows.
    /// - Complexity: O(rows · columns · repeats).
    package init(
        of model: LogisticRegression.Model, on features: EncodedFeatures, labels: [Bool], repeats: Int = 5,
        seed: UInt64, threads: Int = 1
    ) throws(LeewayError) {
        precondition(repeats > 0, "A column is dealt out at least once.")
        let scores = try model.decisionValues(features)
        guard labels.count == scores.count else {
            throw LeewayError(.malformedDataset, "There are \(labels.count) labels for \(scores.count) rows.")
        }
        guard !labels.isEmpty else { throw LeewayError(.noUsableValues, "There are no rows to look at.") }
        let rows = Self.sample(of: labels.count, seed: seed)
        let deals = ColumnDeals(
            scores: rows.map { scores[$0] }, labels: rows.map { labels[$0] }, repeats: repeats, seed: seed)
        let names = model.numeric.map(\.column) + model.categorical.map(\.column)
        let losses = deals.losses(columns: names.count, workers: Workers(count: threads)) { column in
            model.contributions(of: column, features, rows)
        }
        let total = losses.reduce(0) { $0 + $1.size }
        let weights = losses.map { total > 0 ? $0.size / total : 1 / Double(losses.count) }
        let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
        (self.rows, self.repeats) = (rows.count, repeats)
        columns = order.map {
            Column(
                column: names[$0], weight: weights[$0], rocAUCLoss: losses[$0].rocAUC, logLossRise: losses[$0].logLoss)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case rows
        case repeats
        case columns
    }

    /// The rows that are looked at, ascending: each set of `rowLimit` is as likely as every other.
    private static func sample(of count: Int, seed: UInt64) -> [Int] {
        guard count > rowLimit else { return Array(0..<count) }
        var generator = SeededGenerator(seed: seed, stream: .max)
        var kept: [Int] = []
        kept.reserveCapacity(rowLimit)
        for row in 0..<count where generator.next(below: count - row) < rowLimit - kept.count { kept.append(row) }
        return kept
    }
}

extension PermutationImportance {
    /// Each column's weight, by its name.
    package var weights: [String: Double] {
        Dictionary(columns.map { ($0.column, $0.weight) }) { first, _ in first }
    }
}

extension LogisticRegression.Model {
    /// What a column adds to the score of each of some rows; the numeric columns come first.
    fileprivate func contributions(of column: Int, _ features: EncodedFeatures, _ rows: [Int]) -> [Double] {
        guard column >= numeric.count else {
            let (values, weight) = (features.numeric[column].values, numeric[column].weight)
            return rows.map { weight * values[$0] }
        }
        let place = column - numeric.count
        let codes = features.categorical[place].codes
        // One place more, at the front, for the unknown category's code -1.
        let weights = [0] + categorical[place].weights
        return rows.map { weights[Int(codes[$0]) + 1] }
    }
}
