public import LeewayCore

/// Centres and scales columns: z = (x − mean) / sd.
///
/// - Shape: n rows in, n rows out; columns not listed pass through.
/// - Units: standard deviations of the training data.
/// - Missing: NaN is skipped by `fit` and kept by `transform`.
/// - Constant column: sd counts as 1, so the output is 0.
/// - Source: scikit-learn 1.9 `StandardScaler` (population variance, ddof = 0).
public struct StandardScaler: Transformer {
    /// Columns to scale.
    public var columns: [String]

    /// Takes the columns to scale.
    public init(columns: [String]) { self.columns = columns }

    /// Learns one mean and one sd a column.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`, `noUsableValues`.
    public func fit(_ data: Dataset) throws(LeewayError) -> Fitted {
        var scales: [Fitted.Scale] = []
        for name in columns {
            let values = try data.column(name).filter(\.isFinite)
            guard let first = values.first else {
                throw LeewayError(.noUsableValues, "Column '\(name)' has no finite value.", hint: "Leave it out.")
            }
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            // The second sum takes off what rounding left in the mean.
            let (squares, rest) = values.reduce(into: (0.0, 0.0)) { sums, value in
                sums.0 += (value - mean) * (value - mean)
                sums.1 += value - mean
            }
            let variance = max(0, squares - rest * rest / count) / count
            // Compare values, not the variance: rounding gives [0.1, 0.1, 0.1] a variance of 2e-34.
            let isConstant = values.allSatisfy { $0 == first }
            guard isConstant || (mean.isFinite && variance.isFinite && variance > 0) else {
                throw LeewayError(
                    .noUsableValues, "Column '\(name)' has numbers too large or too small to be scaled.",
                    hint: "Multiply or divide them before, or leave the column out (features.drop).")
            }
            scales.append(
                Fitted.Scale(
                    column: name, mean: isConstant ? first : mean, sd: isConstant ? 1 : variance.squareRoot()))
        }
        return Fitted(scales: scales)
    }

    /// The learned means and deviations; only this type has `transform`.
    public struct Fitted: FittedTransformer {
        /// What was learned of one column.
        public struct Scale: Sendable, Codable, Equatable {
            /// The column's name.
            public let column: String
            /// The mean of its training values.
            public let mean: Double
            /// Their standard deviation, or 1 for a constant column.
            public let sd: Double
        }

        /// One a column, in the order given.
        public let scales: [Scale]

        /// Scales the learned columns.
        ///
        /// - Throws: `missingColumn`, `wrongColumnKind`.
        public func transform(_ data: Dataset) throws(LeewayError) -> Dataset {
            var scaled: [Dataset.Column] = []
            for scale in scales {
                let values = try data.column(scale.column)
                scaled.append(Dataset.Column(scale.column, .numeric(values.map { ($0 - scale.mean) / scale.sd })))
            }
            return try data.replacing(scaled)
        }
    }
}
