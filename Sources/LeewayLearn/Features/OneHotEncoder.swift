public import LeewayCore

/// Learns the categories of columns, each of which is a feature of its own that is 1 where the row has it.
///
/// The features are never written out: a row's feature is its code, which indexes a weight.
///
/// - Shape: n rows in, n rows out; the learned columns are coded anew, others pass through.
/// - Missing: with `keepsMissing`, a missing value seen by `fit` is a category of its own, the last one; else it is all zeros.
/// - Unknown category: all zeros (code -1), as scikit-learn's `handle_unknown="ignore"`.
/// - Source: scikit-learn 1.9 `OneHotEncoder`; categories in the order of their UTF-8 bytes.
public struct OneHotEncoder: Transformer {
    /// Columns to encode.
    public var columns: [String]
    /// Whether a missing value is a category of its own.
    public var keepsMissing: Bool

    /// Takes columns, and whether a missing value is a category.
    public init(columns: [String], keepsMissing: Bool = false) {
        self.columns = columns
        self.keepsMissing = keepsMissing
    }

    /// Learns the categories that stand in at least one row.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`.
    /// - Complexity: O(n + k log k) a column of k categories.
    public func fit(_ data: Dataset) throws(LeewayError) -> Fitted {
        var encodings: [Fitted.Encoding] = []
        for name in columns {
            let values = try data.categorical(name)
            var isSeen = [Bool](repeating: false, count: values.categories.count)
            var hasMissing = false
            for code in values.codes {
                if code >= 0 { isSeen[Int(code)] = true } else { hasMissing = true }
            }
            // Two spellings of one text, such as é as one or as two characters, are one category: the smaller stands for both.
            var spelled: Set<String> = []
            let categories = zip(values.categories, isSeen).filter(\.1).map(\.0)
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.filter { spelled.insert($0).inserted }
            encodings.append(
                Fitted.Encoding(column: name, categories: categories, hasMissing: keepsMissing && hasMissing))
        }
        return Fitted(encodings: encodings)
    }

    /// The learned categories.
    public struct Fitted: FittedTransformer {
        /// What was learned of one column.
        public struct Encoding: Sendable, Codable, Equatable {
            /// The column's name.
            public let column: String
            /// The categories; a category's place is its code.
            public let categories: [String]
            /// Whether a missing value is a category, with the code after the last one.
            public let hasMissing: Bool

            /// How many features the column gives.
            public var featureCount: Int { categories.count + (hasMissing ? 1 : 0) }

            enum CodingKeys: String, CodingKey {
                case column
                case categories
                case hasMissing = "missing_is_category"
            }

            /// The learned code of each row; -1 where all features are zero.
            ///
            /// - Throws: `missingColumn`, `wrongColumnKind`.
            public func codes(of data: Dataset) throws(LeewayError) -> [Int32] {
                let values = try data.categorical(column)
                let learned = Dictionary(zip(categories, Int32(0)...)) { first, _ in first }
                // One place more, at the front, for the missing value's code -1.
                let table =
                    [hasMissing ? Int32(categories.count) : Categorical.missing]
                    + values.categories.map { learned[$0] ?? Categorical.missing }
                return values.codes.map { table[Int($0) + 1] }
            }
        }

        /// One a column, in the order given.
        public let encodings: [Encoding]

        /// Codes the learned columns by their learned categories; an unknown category becomes missing.
        ///
        /// - Throws: `missingColumn`, `wrongColumnKind`.
        public func transform(_ data: Dataset) throws(LeewayError) -> Dataset {
            var encoded: [Dataset.Column] = []
            for encoding in encodings {
                let codes = try encoding.codes(of: data).map {
                    $0 == Int32(encoding.categories.count) ? Categorical.missing : $0
                }
                encoded.append(
                    Dataset.Column(
                        encoding.column, .categorical(Categorical(categories: encoding.categories, codes: codes))))
            }
            return try data.replacing(encoded)
        }
    }
}
