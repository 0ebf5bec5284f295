internal import LeewayCore

/// One fit: the rows made ready, a start from a sample of them, the solver, and the way back to the columns' own units.
///
/// Solvers see f / C, so the penalty is 1 / C, and columns of the layout's units, so it is 1 / (C s²) for scale s.
struct RegressionProblem {
    private let features: EncodedFeatures
    private let labels: [Bool]
    private let weights: (positive: Double, negative: Double)
    private let settings: LogisticRegression
    private let layout: CoefficientLayout
    private let order: RowOrder
    private let penalties: [Double]

    init(
        _ features: EncodedFeatures, labels: [Bool], weights: (positive: Double, negative: Double),
        settings: LogisticRegression
    ) {
        self.features = features
        self.labels = labels
        self.weights = weights
        self.settings = settings
        layout = CoefficientLayout(features, labels: labels, weights: weights)
        order = RowOrder(features, layout)
        let strength = 1 / settings.inverseRegularization
        let categories = layout.count - 1 - layout.scales.count
        penalties =
            [0] + layout.scales.map { strength / ($0 * $0) } + [Double](repeating: strength, count: categories)
    }

    /// Finds the optimum with the solver that suits the number of coefficients.
    func solve() throws(LeewayError) -> (Minimum, LogisticRegression.Solver) {
        let solver: LogisticRegression.Solver = layout.count <= settings.newtonLimit ? .newton : .lbfgs
        let zero = [Double](repeating: 0, count: layout.count)
        let start = try approximate(solver, from: zero)
        return (try minimise(solver, step: 1, from: start, tolerance: settings.tolerance), solver)
    }

    /// A start near the optimum: the optimum of every eighth row, where there are rows enough for it to mean something.
    private func approximate(_ solver: LogisticRegression.Solver, from zero: [Double]) throws(LeewayError) -> [Double] {
        let step = 8
        guard features.rowCount >= step * 16 * layout.count else { return zero }
        do {
            return try minimise(solver, step: step, from: zero, tolerance: 1e-3).coefficients
        } catch {
            // Any start will do, so a sample that can't be fitted is no failure; a cancelled fit is.
            guard error.code != .interrupted else { throw error }
            return zero
        }
    }

    private func minimise(
        _ solver: LogisticRegression.Solver, step: Int, from start: [Double], tolerance: Double
    ) throws(LeewayError) -> Minimum {
        let design = SortedDesign(
            features, labels: labels, weights: weights, layout: layout, order: order, step: step)
        let loss = PenalisedLoss(
            design, penalties: penalties, threads: settings.threads, curvature: solver == .newton)
        let rule = StoppingRule(
            tolerance: tolerance, maximumIterations: settings.maximumIterations, gradientScales: layout.weightTotals)
        return try NewtonSolver(rule: rule).minimise(loss, from: start, floors: floors)
    }

    /// Exact arithmetic leaves every pivot at least its penalty, once the free intercept is eliminated.
    private var floors: [Double] {
        zip(penalties, layout.weightTotals).map { max($0, $1 * 0x1p-50) }
    }

    /// The minimum in the units of the columns.
    func model(_ minimum: Minimum, _ solver: LogisticRegression.Solver) -> LogisticRegression.Model {
        let coefficients = minimum.coefficients
        var intercept = coefficients[0]
        var numeric: [LogisticRegression.Model.NumericWeight] = []
        for (place, column) in features.numeric.enumerated() {
            let weight = coefficients[1 + place] / layout.scales[place]
            intercept -= weight * layout.centers[place]
            numeric.append(.init(name: column.name, weight: weight))
        }
        var categorical = features.categorical.map {
            LogisticRegression.Model.CategoryWeights(
                name: $0.name, weights: [Double](repeating: 0, count: $0.categoryCount))
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
