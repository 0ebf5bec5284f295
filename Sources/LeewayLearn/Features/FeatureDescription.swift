/// One final feature: where it comes from and what was learned for it.
///
/// A line of `feature_engineering_metadata.json`.
public struct FeatureDescription: Sendable, Codable, Equatable {
    /// `height` for a number, `colour=red` for a category, `colour is missing` for the category of missing values.
    public let name: String
    /// The source's column.
    public let column: String
    /// `numeric` or `one_hot`.
    public let kind: String
    /// The category; nil for a number, and for the category of missing values.
    public let category: String?
    /// What a missing number becomes; nil for a category.
    public let fill: Double?
    /// The mean that is taken off; nil where nothing is.
    public let mean: Double?
    /// The standard deviation that is divided by; nil where nothing is.
    public let sd: Double?
}

extension Preprocessor.Fitted {
    /// Every final feature, in the order of the model's coefficients.
    public var features: [FeatureDescription] {
        let numbers = numericImputer.fills.enumerated().map { place, fill in
            FeatureDescription(
                name: fill.column, column: fill.column, kind: "numeric", category: nil, fill: fill.value,
                mean: scaler?.scales[place].mean, sd: scaler?.scales[place].sd)
        }
        let categories = encoder.encodings.flatMap { encoding in
            (encoding.categories.map(Optional.some) + (encoding.hasMissing ? [nil] : [])).map { category in
                FeatureDescription(
                    name: category.map { "\(encoding.column)=\($0)" } ?? "\(encoding.column) is missing",
                    column: encoding.column, kind: "one_hot", category: category, fill: nil, mean: nil, sd: nil)
            }
        }
        return numbers + categories
    }
}
