#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension SigmoidCalibration {
    /// Which of the parameters are free.
    package enum Form: Sendable {
        /// c and a = b: Platt's.
        case platt
        /// c, a and b: beta calibration.
        case beta

        var parameterCount: Int { self == .platt ? 2 : 3 }
    }

    private static let iterationLimit = 60
    private static let tolerance = 1e-10

    /// The most likely parameters, with a penalty that draws them to "changes nothing" by about one row's worth:
    /// minimises Σ w · loss + ½ (c² + (a − 1)² + (b − 1)²), Platt's with one slope.
    ///
    /// The penalty keeps the parameters finite where scores tell the classes apart without error, or there are no rows.
    ///
    /// - Returns: nil where the best map would fall as the score rises, and so is no calibration.
    /// - Complexity: O(scores), about eight passes.
    package static func fit(_ rows: ScoredRows, _ form: Form) -> SigmoidCalibration? {
        let size = form.parameterCount
        let features = rows.scores.flatMap { score -> [Double] in
            let logarithms = Self.logarithms(of: score)
            return form == .platt
                ? [1, logarithms.score + logarithms.complement] : [1, logarithms.score, logarithms.complement]
        }
        let neutral = [0] + [Double](repeating: 1, count: size - 1)
        var state = LossState(rows, features, at: neutral, neutral: neutral)
        for _ in 0..<iterationLimit {
            let step = state.solve(state.gradient)
            // What a step would take off the loss, were it a parabola.
            let promise = zip(step, state.gradient).reduce(0) { $0 + $1.0 * $1.1 } / 2
            // So near the optimum a whole step squares what is left of the error, and losses no longer tell steps apart.
            let isLast = promise <= tolerance * max(1, state.loss / 1_000)
            var length = 1.0
            var next = state
            while length > 1e-8 {
                let parameters = zip(state.parameters, step).map { $0 - length * $1 }
                next = LossState(rows, features, at: parameters, neutral: neutral)
                if isLast || next.loss <= state.loss - length * promise / 2 { break }
                length /= 2
            }
            state = next
            if isLast { break }
        }
        guard state.parameters.dropFirst().allSatisfy({ $0 >= 0 }) else { return nil }
        return SigmoidCalibration(
            intercept: state.parameters[0], slope: state.parameters[1],
            complementSlope: state.parameters[size - 1])
    }

    /// The penalised loss at some parameters, with its derivatives.
    private struct LossState {
        let parameters: [Double]
        private(set) var loss: Double
        private(set) var gradient: [Double]
        private var hessian: [Double]

        init(_ rows: ScoredRows, _ features: [Double], at parameters: [Double], neutral: [Double]) {
            self.parameters = parameters
            let size = parameters.count
            gradient = zip(parameters, neutral).map { $0 - $1 }
            loss = gradient.reduce(0) { $0 + $1 * $1 } / 2
            hessian = (0..<size * size).map { $0 % (size + 1) == 0 ? 1 : 0 }
            for place in rows.scores.indices {
                let start = place * size
                var z = 0.0
                for index in 0..<size { z += parameters[index] * features[start + index] }
                let (weight, positive) = (rows.weights[place], rows.positives[place])
                loss += positive * max(-z, 0) + (weight - positive) * max(z, 0) + weight * log1p(exp(-abs(z)))
                let probability = 1 / (1 + exp(-z))
                let residual = weight * probability - positive
                let variance = probability * (1 - probability)
                for row in 0..<size {
                    gradient[row] += residual * features[start + row]
                    for column in 0..<size {
                        hessian[row * size + column] +=
                            weight * variance * features[start + row] * features[start + column]
                    }
                }
            }
        }

        /// H⁻¹ times a vector.
        func solve(_ vector: [Double]) -> [Double] {
            let size = parameters.count
            let factor = CholeskyFactor(order: size, stride: size)
            for place in hessian.indices { factor.lowerTriangle[place] = hessian[place] }
            // The penalty alone gives each pivot 1.
            factor.factorize(floors: [Double](repeating: 1, count: size))
            return factor.solve(vector)
        }
    }
}
