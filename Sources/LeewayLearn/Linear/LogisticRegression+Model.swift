public import LeewayCore

extension LogisticRegression {
    /// How the optimum is found.
    public enum Solver: String, Sendable, Codable, Equatable {
        /// Newton's method with a Cholesky solve.
        case newton
        /// Limited-memory BFGS, for many coefficients.
        case lbfgs
    }

    /// A fitted regression: p = 1 / (1 + e^-z) with z = intercept + Σ weight · value + Σ weight of the category.
    public struct Model: Sendable, Codable, Equatable {
        /// A numeric column's weight.
        public struct NumericWeight: Sendable, Codable, Equatable {
            /// The column's name.
            public let column: String
            /// What one unit of the column adds to the score, in log-odds.
            public let weight: Double
        }

        /// A categorical column's weights.
        public struct CategoryWeights: Sendable, Codable, Equatable {
            /// The column's name.
            public let column: String
            /// What each category adds to the score, in log-odds, by code.
            public internal(set) var weights: [Double]
        }

        /// How the fit ended.
        public struct Convergence: Sendable, Codable, Equatable {
            /// Steps on all rows.
            public let iterations: Int
            /// C · Σ wᵢ · lossᵢ + ½ ‖β‖² at the optimum.
            public let objective: Double
            /// The relative gradient where it was last computed; see `LogisticRegression.tolerance`.
            public let relativeGradient: Double
            /// What found the optimum.
            public let solver: Solver

            enum CodingKeys: String, CodingKey {
                case iterations
                case objective
                case relativeGradient = "relative_gradient"
                case solver
            }
        }

        /// The score of a row of zeros, in log-odds.
        public let intercept: Double
        /// The numeric columns' weights, in the order of the features.
        public let numeric: [NumericWeight]
        /// The categorical columns' weights, in the order of the features.
        public let categorical: [CategoryWeights]
        /// How the fit ended.
        public let convergence: Convergence

        /// Each row's score z, in log-odds.
        ///
        /// - Throws: `malformedDataset` where columns are not those of the fit, in their order.
        public func decisionValues(_ features: EncodedFeatures) throws(LeewayError) -> [Double] {
            try checkColumns(of: features)
            var scores = [Double](repeating: intercept, count: features.rowCount)
            scores.withUnsafeMutableBufferPointer { scores in
                for (column, weight) in zip(features.numeric, numeric) {
                    for (row, value) in column.values.enumerated() { scores[row] += weight.weight * value }
                }
                for (column, weights) in zip(features.categorical, categorical) {
                    for (row, code) in column.codes.enumerated() where code >= 0 {
                        scores[row] += weights.weights[Int(code)]
                    }
                }
            }
            return scores
        }

        /// Each row's probability of being a positive one, 0 … 1.
        ///
        /// - Throws: `malformedDataset` where columns are not those of the fit, in their order.
        public func predictProbabilities(_ features: EncodedFeatures) throws(LeewayError) -> [Double] {
            var values = try decisionValues(features)
            for start in stride(from: 0, to: values.count, by: Lanes.scalarCount) {
                var lanes = Lanes()
                let end = min(start + Lanes.scalarCount, values.count)
                for place in start..<end { lanes[place - start] = values[place] }
                let probabilities = Logistic(lanes).probability
                for place in start..<end { values[place] = probabilities[place - start] }
            }
            return values
        }

        private func checkColumns(of features: EncodedFeatures) throws(LeewayError) {
            let expected = numeric.map(\.column) + categorical.map { "\($0.column) (\($0.weights.count) categories)" }
            let found =
                features.numeric.map(\.name)
                + features.categorical.map { "\($0.name) (\($0.categoryCount) categories)" }
            guard expected == found else {
                throw LeewayError(
                    .malformedDataset, "The columns are not those that the model was fitted on.",
                    hint: "Fitted on: \(expected.joined(separator: ", ")). Found: \(found.joined(separator: ", ")).")
            }
        }
    }
}
