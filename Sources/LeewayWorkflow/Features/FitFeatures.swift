import LeewayCore
package import LeewayLearn

/// Finds the features, and learns from the training rows how to make them: `preprocessor.json`, `feature_engineering_metadata.json`.
package struct FitFeatures: Stage {
    package static let name = "features"

    package struct Input: Sendable {
        package let data: IngestedData
        package let split: Split.Output
        package init(data: IngestedData, split: Split.Output) { (self.data, self.split) = (data, split) }
    }

    package struct Output: Sendable {
        package let preprocessor: Preprocessor.Fitted
        package let metadata: FeatureMetadata
        package let train: EncodedFeatures
        package let test: EncodedFeatures
    }

    package init() {}

    /// - Throws: `noUsableValues` where no feature is left; `wrongColumnKind`.
    package func run(_ input: Input, in context: RunContext) async throws -> Output {
        let configuration = context.configuration.features
        let selection = try FeatureSelection(
            of: input.data, target: context.configuration.target.column, configuration)
        let training = input.data.dataset.rows(input.split.trainRows)
        let fitted = try configuration.preprocessor(of: selection).fit(training)
        let test = input.data.dataset.rows(input.split.testRows)
        async let testFeatures = fitted.encode(test)
        let metadata = FeatureMetadata(selection: selection, preprocessor: fitted, trainRows: training.rowCount)
        try context.write(fitted, as: "preprocessor.json")
        try context.write(metadata, as: "feature_engineering_metadata.json")
        let trainFeatures = try fitted.encode(training)
        return Output(
            preprocessor: fitted, metadata: metadata, train: trainFeatures, test: try await testFeatures)
    }
}

extension FeatureConfiguration {
    /// What makes features of the selected columns.
    func preprocessor(of selection: FeatureSelection) -> Preprocessor {
        Preprocessor(
            numeric: selection.numeric, categorical: selection.categorical, missingNumbers: numericFill.strategy,
            missingCategories: categoryFill.strategy, scales: scaling == .standard)
    }
}

extension FeatureConfiguration.NumericFill {
    fileprivate var strategy: NumericImputer.Strategy {
        switch self {
        case .median: .median
        case .mean: .mean
        case .constant(let value): .constant(value)
        }
    }
}

extension FeatureConfiguration.CategoryFill {
    fileprivate var strategy: Preprocessor.MissingCategories {
        switch self {
        case .mostFrequent: .impute(.mostFrequent)
        case .keep: .keep
        case .constant(let text): .impute(.constant(text))
        }
    }
}
