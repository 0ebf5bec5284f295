public import LeewayCore
import LeewayStats

/// Fills missing numbers with a number learned from each column.
///
/// - Shape: n rows in, n rows out; columns not listed pass through.
/// - Missing: NaN is skipped by `fit` and replaced by `transform`.
/// - Source: scikit-learn 1.9 `SimpleImputer`; the median of an even count is the mean of the middle two.
public struct NumericImputer: Transformer {
    /// What a missing number becomes.
    public enum Strategy: Sendable, Equatable {
        /// The median of the column's values.
        case median
        /// The mean of the column's values.
        case mean
        /// The same number for every column.
        case constant(Double)
    }

    /// Columns to fill.
    public var columns: [String]
    /// What to fill them with.
    public var strategy: Strategy

    /// Takes columns and what to fill them with.
    public init(columns: [String], strategy: Strategy = .median) {
        self.columns = columns
        self.strategy = strategy
    }

    /// Learns one number a column.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`; `noUsableValues` where a column is missing throughout and the strategy is no constant.
    /// - Complexity: O(n log n) a column for the median.
    public func fit(_ data: Dataset) throws(LeewayError) -> Fitted {
        var fills: [Fitted.Fill] = []
        for name in columns {
            let values = try data.column(name)
            fills.append(Fitted.Fill(column: name, value: try fill(for: values, of: name)))
        }
        return Fitted(fills: fills)
    }

    private func fill(for values: [Double], of name: String) throws(LeewayError) -> Double {
        if case .constant(let value) = strategy { return value }
        let present = values.filter { !$0.isNaN }
        guard !present.isEmpty else {
            throw LeewayError(
                .noUsableValues, "Column '\(name)' is missing in every row used for training.",
                hint: "Leave it out (features.drop) or impute a constant.")
        }
        if strategy == .mean { return present.reduce(0, +) / Double(present.count) }
        var sorted = present.map(\.orderedBits)
        RadixSort.sort(&sorted)
        let low = Double(orderedBits: sorted[(present.count - 1) / 2])
        let high = Double(orderedBits: sorted[present.count / 2])
        if low == high { return low }
        // The sum of two huge numbers overflows where their mean does not.
        return (low + high).isFinite ? (low + high) / 2 : low / 2 + high / 2
    }

    /// The learned numbers.
    public struct Fitted: FittedTransformer {
        /// A column and what its missing values become.
        public struct Fill: Sendable, Codable, Equatable {
            /// The column's name.
            public let column: String
            /// What NaN becomes.
            public let value: Double
        }

        /// One a column, in the order given.
        public let fills: [Fill]

        /// Replaces NaN in the learned columns.
        ///
        /// - Throws: `missingColumn`, `wrongColumnKind`.
        public func transform(_ data: Dataset) throws(LeewayError) -> Dataset {
            var filled: [Dataset.Column] = []
            for fill in fills {
                let values = try data.column(fill.column)
                guard values.contains(where: \.isNaN) else { continue }
                filled.append(Dataset.Column(fill.column, .numeric(values.map { $0.isNaN ? fill.value : $0 })))
            }
            return try data.replacing(filled)
        }
    }
}
