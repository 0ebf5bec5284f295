public import LeewayCore

/// From raw columns to what an estimator sees: impute, scale, encode, in that order.
///
/// - Shape: n rows in, n rows out; only the listed columns come out, numeric ones first.
/// - Missing: filled as the strategies say; a missing category may be kept as a category.
public struct Preprocessor: Sendable {
    /// What becomes of missing categories.
    public enum MissingCategories: Sendable, Equatable {
        /// They are filled.
        case impute(CategoryImputer.Strategy)
        /// They are a category of their own.
        case keep
    }

    /// Numeric features, in their order.
    public var numeric: [String]
    /// Categorical features, in their order.
    public var categorical: [String]
    /// What missing numbers become.
    public var missingNumbers: NumericImputer.Strategy
    /// What missing categories become.
    public var missingCategories: MissingCategories
    /// Whether numeric columns are centred and scaled.
    public var scales: Bool

    /// Takes the features and what to do with them.
    public init(
        numeric: [String], categorical: [String], missingNumbers: NumericImputer.Strategy = .median,
        missingCategories: MissingCategories = .impute(.mostFrequent), scales: Bool = true
    ) {
        self.numeric = numeric
        self.categorical = categorical
        self.missingNumbers = missingNumbers
        self.missingCategories = missingCategories
        self.scales = scales
    }

    /// Learns each step on the output of the one before it.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`, `noUsableValues`.
    public func fit(_ data: Dataset) throws(LeewayError) -> Fitted {
        var data = data
        let numericImputer = try NumericImputer(columns: numeric, strategy: missingNumbers).fit(data)
        data = try numericImputer.transform(data)
        var categoryImputer: CategoryImputer.Fitted?
        if case .impute(let strategy) = missingCategories {
            let fitted = try CategoryImputer(columns: categorical, strategy: strategy).fit(data)
            data = try fitted.transform(data)
            categoryImputer = fitted
        }
        let scaler = scales ? try StandardScaler(columns: numeric).fit(data) : nil
        let encoder = try OneHotEncoder(columns: categorical, keepsMissing: missingCategories == .keep).fit(data)
        return Fitted(
            numericImputer: numericImputer, categoryImputer: categoryImputer, scaler: scaler, encoder: encoder)
    }

    /// The learned steps: the contents of `preprocessor.json`.
    public struct Fitted: Sendable, Codable, Equatable {
        /// Fills missing numbers.
        public let numericImputer: NumericImputer.Fitted
        /// Fills missing categories; nil where they are kept.
        public let categoryImputer: CategoryImputer.Fitted?
        /// Scales numbers; nil where they are left as they are.
        public let scaler: StandardScaler.Fitted?
        /// Codes categories.
        public let encoder: OneHotEncoder.Fitted

        enum CodingKeys: String, CodingKey {
            case numericImputer = "numeric_imputer"
            case categoryImputer = "category_imputer"
            case scaler
            case encoder
        }

        /// How many features come out: numbers and one for each category.
        public var featureCount: Int {
            numericImputer.fills.count + encoder.encodings.reduce(0) { $0 + $1.featureCount }
        }

        /// Applies the learned steps.
        ///
        /// - Throws: `missingColumn`, `wrongColumnKind`.
        public func encode(_ data: Dataset) throws(LeewayError) -> EncodedFeatures {
            var data = try numericImputer.transform(data)
            if let categoryImputer { data = try categoryImputer.transform(data) }
            if let scaler { data = try scaler.transform(data) }
            var numeric: [EncodedFeatures.NumericColumn] = []
            for fill in numericImputer.fills {
                numeric.append(.init(name: fill.column, values: try data.column(fill.column)))
            }
            var categories: [EncodedFeatures.CategoryColumn] = []
            for encoding in encoder.encodings {
                categories.append(
                    .init(
                        name: encoding.column, categoryCount: encoding.featureCount, codes: try encoding.codes(of: data)
                    ))
            }
            return try EncodedFeatures(numeric: numeric, categorical: categories)
        }
    }
}
