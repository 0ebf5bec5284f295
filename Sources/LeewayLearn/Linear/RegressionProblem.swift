internal import LeewayCore

/// One fit: the rows made ready, a start from a sample of them, the solver, and the way back to the columns' own units.
///
/// Solvers see f / C, so the penalty is 1 / C, and columns of the layout's units, so it is 1 / (C s²) for scale s.
struct RegressionProblem {
    /// Every eighth row, in sorted order, is the sample that the first steps are taken on.
    private static let sampleStep = 8

    private let features: EncodedFeatures
    private let labels: [Bool]
    private let weights: RowWeights
    private let settings: LogisticRegression
    private let layout: CoefficientLayout
    private let order: RowOrder
    private let penalties: [Double]
    private let workers: Workers

    init(
        _ features: EncodedFeatures, labels: [Bool], weights: RowWeights,
        settings: LogisticRegression
    ) {
        self.features = features
        self.labels = labels
        self.weights = weights
        self.settings = settings
        workers = Workers(count: settings.threads)
        layout = CoefficientLayout(features, labels: labels, weights: weights, workers: workers)
        order = RowOrder(features, layout)
        let strength = 1 / settings.inverseRegularization
        let categories = layout.count - 1 - layout.scales.count
        penalties =
            [0] + layout.scales.map { strength / ($0 * $0) } + [Double](repeating: strength, count: categories)
    }

    /// Finds the optimum with the solver that suits the number of coefficients.
    func solve() throws(LeewayError) -> (Minimum, LogisticRegression.Solver) {
        let solver: LogisticRegression.Solver = layout.count <= settings.newtonLimit ? .newton : .lbfgs
        var start = [Double](repeating: 0, count: layout.count)
        if features.rowCount >= 16 * Self.sampleStep * layout.count {
            // A sample's optimum is off by chance, which is worth about a unit of f a coefficient.
            let goal = StoppingRule.Goal.decrement(limit: Double(layout.count))
            do {
                start = try minimise(solver, step: Self.sampleStep, from: start, goal: goal).coefficients
            } catch {
                // Any start will do, so a sample that can't be fitted is no failure; a cancelled fit is.
                guard error.code != .interrupted else { throw error }
            }
        }
        return (try minimise(solver, step: 1, from: start, goal: .optimum(tolerance: settings.tolerance)), solver)
    }

    private func minimise(
        _ solver: LogisticRegression.Solver, step: Int, from start: [Double], goal: StoppingRule.Goal
    ) throws(LeewayError) -> Minimum {
        let design = SortedDesign(
            features, labels: labels, weights: weights, layout: layout, order: order, step: step,
            blockSums: solver == .newton ? layout.count * layout.count : layout.count, workers: workers)
        let loss = PenalisedLoss(
            design, penalties: penalties, workers: workers, curvature: solver == .newton)
        let rule = StoppingRule(
            goal: goal, maximumIterations: settings.maximumIterations, gradientScales: layout.weightTotals)
        switch solver {
        case .newton:
            // With the free intercept eliminated first, exact arithmetic leaves every pivot at least its penalty.
            return try NewtonSolver(rule: rule).minimise(loss, from: start, floors: penalties)
        case .lbfgs:
            // The loss has at most a quarter of each row's weight as its curvature.
            let diagonal = zip(penalties, layout.weightTotals).map { $0 + 0.25 * $1 }
            return try LimitedMemorySolver(rule: rule).minimise(loss, from: start, diagonal: diagonal)
        }
    }

    /// The minimum in the units of the columns.
    func model(_ minimum: Minimum, _ solver: LogisticRegression.Solver) -> LogisticRegression.Model {
        let coefficients = minimum.coefficients
        var intercept = coefficients[0]
        var numeric: [LogisticRegression.Model.NumericWeight] = []
        for (place, column) in features.numeric.enumerated() {
            let weight = coefficients[1 + place] / layout.scales[place]
            intercept -= weight * layout.centers[place]
            numeric.append(.init(column: column.name, weight: weight))
        }
        var categorical = features.categorical.map {
            LogisticRegression.Model.CategoryWeights(
                column: $0.name, weights: [Double](repeating: 0, count: $0.categoryCount))
        }
        for level in layout.levels {
            for (code, rank) in level.ranks.dropFirst().enumerated() where rank >= 0 {
                categorical[level.column].weights[code] = coefficients[level.start + Int(rank)]
            }
        }
        return LogisticRegression.Model(
            intercept: intercept, numeric: numeric, categorical: categorical,
            convergence: .init(
                iterations: minimum.iterations, objective: minimum.objective * settings.inverseRegularization,
                relativeGradient: minimum.relativeGradient, solver: solver))
    }
}
