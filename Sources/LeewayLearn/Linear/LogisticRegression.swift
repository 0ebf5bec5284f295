public import LeewayCore

/// Logistic regression with an L2 penalty, at its exact optimum: minimises C · Σ wᵢ · lossᵢ + ½ ‖β‖².
///
/// The loss of a row with score z = intercept + Σ weights is ln(1 + e^-z) for a positive and ln(1 + e^z) for a negative
/// one. The intercept is not penalised. The optimum is unique, so neither solver nor starting point show in the result.
///
/// - Shape: n rows × (numeric + categorical columns) and n labels in; one weight a numeric column and category out.
/// - Missing: an unknown category counts as zeros; numbers are finite by the type of the features.
/// - Constant column: weight 0. Category without a row: weight 0. Equal columns share their weight equally.
/// - Source: the optimum of scikit-learn 1.9 `LogisticRegression(solver="newton-cholesky")`.
public struct LogisticRegression: Sendable, Equatable {
    /// C, above 0: the larger, the weaker the penalty.
    public var inverseRegularization: Double
    /// How much a row counts by its class.
    public var classWeight: ClassWeight
    /// The most steps before `fit` gives up; Newton's method takes about six, L-BFGS a few hundred.
    public var maximumIterations: Int
    /// The relative gradient at which the fit ends.
    ///
    /// That is the largest |∂f/∂βⱼ| over C Σ wᵢ, the sum over the rows of a category, or over all rows and times the
    /// spread of a numeric column.
    public var tolerance: Double
    /// How many threads compute; the result is the same to the last bit.
    public var threads: Int
    /// With more coefficients than this the Hessian gets too large, and L-BFGS takes over from Newton's method.
    var newtonLimit = 1_500

    /// Takes the settings; `fit` checks them.
    public init(
        inverseRegularization: Double = 1, classWeight: ClassWeight = .none, maximumIterations: Int = 5_000,
        tolerance: Double = 1e-8, threads: Int = 1
    ) {
        self.inverseRegularization = inverseRegularization
        self.classWeight = classWeight
        self.maximumIterations = maximumIterations
        self.tolerance = tolerance
        self.threads = threads
    }

    /// Finds intercept and weights.
    ///
    /// - Parameters:
    ///   - features: the training rows.
    ///   - labels: for each row, whether it is a positive one.
    ///   - rowWeights: for each row, how often it counts, 0 or more; nil: once. A row of weight 0 is as good as absent.
    /// - Returns: the model at the optimum.
    /// - Throws: `invalidSetting`; `malformedDataset` where rows and labels differ in number; `unusableTarget` where a
    ///   class has no row; `notConverged`; `interrupted` when the surrounding task is cancelled.
    /// - Complexity: O(rows · columns) to sort; a pass is O(rows · numeric² + patterns · categorical²), a step of
    ///   Newton's method O(coefficients³).
    public func fit(
        _ features: EncodedFeatures, labels: [Bool], rowWeights: [Double]? = nil
    ) throws(LeewayError) -> Model {
        try checkSettings()
        guard labels.count == features.rowCount else {
            throw LeewayError(
                .malformedDataset, "There are \(labels.count) labels for \(features.rowCount) rows.")
        }
        guard features.rowCount < Int32.max else {
            throw LeewayError(
                .malformedDataset, "There are \(features.rowCount) rows where fewer than \(Int32.max) are expected.",
                hint: "Fit a sample of them.")
        }
        let (positives, negatives) = try classTotals(labels, rowWeights)
        guard positives > 0, negatives > 0 else {
            throw LeewayError(
                .unusableTarget, "All \(labels.count) rows are of one class.",
                hint: "A classifier needs rows of both classes.")
        }
        let own = classWeight.weights(positives: positives, negatives: negatives)
        let weights = RowWeights(positive: own.positive, negative: own.negative, rows: rowWeights)
        let problem = RegressionProblem(features, labels: labels, weights: weights, settings: self)
        let (minimum, solver) = try problem.solve()
        return problem.model(minimum, solver)
    }

    /// The rows of each class, or the sums of their weights.
    private func classTotals(
        _ labels: [Bool], _ rowWeights: [Double]?
    ) throws(LeewayError) -> (positives: Double, negatives: Double) {
        guard let rowWeights else {
            let positives = labels.count { $0 }
            return (Double(positives), Double(labels.count - positives))
        }
        guard rowWeights.count == labels.count else {
            throw LeewayError(.malformedDataset, "There are \(rowWeights.count) weights for \(labels.count) rows.")
        }
        guard rowWeights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw LeewayError(.invalidSetting, "A row's weight must be a number of 0 or more.")
        }
        var totals = (positives: 0.0, negatives: 0.0)
        for (label, weight) in zip(labels, rowWeights) {
            if label { totals.positives += weight } else { totals.negatives += weight }
        }
        return totals
    }

    private func checkSettings() throws(LeewayError) {
        let isUsable: [(name: String, holds: Bool, rule: String)] = [
            (
                "inverseRegularization", inverseRegularization > 0 && inverseRegularization.isFinite,
                "a number above 0"
            ),
            ("maximumIterations", maximumIterations > 0, "at least 1"),
            ("tolerance", tolerance > 0 && tolerance < 1, "between 0 and 1"),
            ("threads", threads > 0, "at least 1"),
        ]
        for setting in isUsable where !setting.holds {
            throw LeewayError(.invalidSetting, "\(setting.name) must be \(setting.rule).")
        }
    }
}
