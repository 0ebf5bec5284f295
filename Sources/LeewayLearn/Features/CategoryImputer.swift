public import LeewayCore

/// Fills missing categories with a category learned from each column.
///
/// - Shape: n rows in, n rows out; columns not listed pass through.
/// - Missing: code -1 is skipped by `fit` and replaced by `transform`.
/// - Source: scikit-learn 1.9 `SimpleImputer(strategy="most_frequent")`: ties go to the smallest, here by UTF-8 bytes.
public struct CategoryImputer: Transformer {
    /// What a missing category becomes.
    public enum Strategy: Sendable, Equatable {
        /// The most frequent category of the column.
        case mostFrequent
        /// The same text for every column.
        case constant(String)
    }

    /// Columns to fill.
    public var columns: [String]
    /// What to fill them with.
    public var strategy: Strategy

    /// Takes columns and what to fill them with.
    public init(columns: [String], strategy: Strategy = .mostFrequent) {
        self.columns = columns
        self.strategy = strategy
    }

    /// Learns one category a column.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`; `noUsableValues` where a column is missing throughout and the strategy is no constant.
    public func fit(_ data: Dataset) throws(LeewayError) -> Fitted {
        var fills: [Fitted.Fill] = []
        for name in columns {
            let values = try data.categorical(name)
            fills.append(Fitted.Fill(column: name, value: try fill(for: values, of: name)))
        }
        return Fitted(fills: fills)
    }

    private func fill(for values: Categorical, of name: String) throws(LeewayError) -> String {
        if case .constant(let value) = strategy { return value }
        var counts = [Int](repeating: 0, count: values.categories.count)
        for code in values.codes where code >= 0 { counts[Int(code)] += 1 }
        let best = zip(values.categories, counts).max { left, right in
            left.1 == right.1 ? right.0.utf8.lexicographicallyPrecedes(left.0.utf8) : left.1 < right.1
        }
        guard let best, best.1 > 0 else {
            throw LeewayError(
                .noUsableValues, "Column '\(name)' is missing in every row used for training.",
                hint: "Leave it out (features.drop) or impute a constant.")
        }
        return best.0
    }

    /// The learned categories.
    public struct Fitted: FittedTransformer {
        /// A column and what its missing values become.
        public struct Fill: Sendable, Codable, Equatable {
            /// The column's name.
            public let column: String
            /// What a missing category becomes.
            public let value: String
        }

        /// One a column, in the order given.
        public let fills: [Fill]

        /// Replaces missing categories in the learned columns.
        ///
        /// - Throws: `missingColumn`, `wrongColumnKind`.
        public func transform(_ data: Dataset) throws(LeewayError) -> Dataset {
            var filled: [Dataset.Column] = []
            for fill in fills {
                let values = try data.categorical(fill.column)
                guard values.codes.contains(where: { $0 < 0 }) else { continue }
                var categories = values.categories
                let place = categories.firstIndex(of: fill.value) ?? categories.count
                if place == categories.count { categories.append(fill.value) }
                let codes = values.codes.map { $0 < 0 ? Int32(place) : $0 }
                filled.append(
                    Dataset.Column(fill.column, .categorical(Categorical(categories: categories, codes: codes))))
            }
            return try data.replacing(filled)
        }
    }
}
