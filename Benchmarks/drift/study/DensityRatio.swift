import LeewayCore
import LeewayLearn
import LeewayMonitor

/// How much more common rows like each reference row are in a window than in the reference: the odds of a logistic
/// regression on all features, numbers in bins of about equal shares.
///
/// - Scale: any; `WeightedConfidenceEstimate` asks for none.
enum DensityRatio {
    private static let binCount = 10

    /// One ratio for each row of the reference.
    static func ratios(_ reference: LoanFolder.Rows, _ window: LoanFolder.Rows) throws -> [Double] {
        let bins = zip(reference.features, window.features).map { PooledBins(joined($0, $1), binCount: binCount) }
        let features = try EncodedFeatures(
            categorical: bins.enumerated().map { place, bins in
                .init(name: "\(place)", categoryCount: bins.count, codes: bins.codes)
            })
        let labels = reference.scores.map { _ in false } + window.scores.map { _ in true }
        let model = try LogisticRegression(tolerance: 1e-6).fit(features, labels: labels)
        return try model.predictProbabilities(features).prefix(reference.scores.count).map { $0 / (1 - $0) }
    }

    private static func joined(_ reference: Dataset.Values, _ window: Dataset.Values) -> Dataset.Values {
        switch (reference, window) {
        case (.numeric(let left), .numeric(let right)): .numeric(left + right)
        case (.categorical(let left), .categorical(let right)):
            .categorical(Categorical(categories: left.categories, codes: left.codes + right.codes))
        default: preconditionFailure("Both periods have the same columns.")
        }
    }
}
