import LeewayLearn

/// Which features there are and how they were made: `feature_engineering_metadata.json`.
package struct FeatureMetadata: Sendable, Encodable {
    let trainRows: Int
    /// The columns that features are made of.
    package let sourceFeatures: Int
    package let numeric: [String]
    package let categorical: [String]
    let excluded: [FeatureSelection.Excluded]
    /// The final features: numbers, and one for each category.
    package let finalFeatures: Int
    let features: [FeatureDescription]

    enum CodingKeys: String, CodingKey {
        case trainRows = "rows"
        case sourceFeatures = "source_features"
        case numeric
        case categorical
        case excluded
        case finalFeatures = "final_features"
        case features
    }

    init(selection: FeatureSelection, preprocessor: Preprocessor.Fitted, trainRows: Int) {
        self.trainRows = trainRows
        numeric = selection.numeric
        categorical = selection.categorical
        sourceFeatures = numeric.count + categorical.count
        excluded = selection.excluded
        features = preprocessor.features
        finalFeatures = features.count
    }
}
