package import LeewayCore
package import LeewayLearn
package import LeewayValidate

/// What a run found and made.
package struct TrainingOutcome: Sendable {
    /// The model and what it is worth; a dry run has none.
    package struct Trained: Sendable {
        package let model: LogisticRegression.Model
        package let metrics: TrainingMetrics
        package let version: ModelVersion
        package let featureCount: Int
    }

    /// Which columns are features.
    package struct Selection: Sendable {
        package let numeric: [String]
        package let categorical: [String]
        /// The others, with why.
        package let excluded: [(column: String, reason: String)]

        init(_ selection: FeatureSelection) {
            (numeric, categorical) = (selection.numeric, selection.categorical)
            excluded = selection.excluded.map { (column: $0.column, reason: $0.reason) }
        }

        init(_ metadata: FeatureMetadata) {
            (numeric, categorical) = (metadata.numeric, metadata.categorical)
            excluded = metadata.excluded.map { (column: $0.column, reason: $0.reason) }
        }
    }

    package let runID: RunID
    package let startedAt: Timestamp
    package let profile: TableProfile
    package let validation: Validate.Output
    package let split: Split.Output
    /// Where the artifacts are; nil for a dry run.
    package let folder: String?
    package let selection: Selection
    package let trained: Trained?
}
