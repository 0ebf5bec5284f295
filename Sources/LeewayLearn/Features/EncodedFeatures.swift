public import LeewayCore

/// What an estimator sees: standardised numeric columns and category codes; one-hot means indexing a weight by a code.
///
/// - Shape: `rowCount` rows × (`numeric.count` + `categorical.count`) columns, every one under a name of its own.
/// - Units: 8 bytes a numeric cell, 4 a categorical one.
/// - Missing: numbers are finite, so missing ones are filled before; the code -1 (unknown) is a row of zeros.
public struct EncodedFeatures: Sendable, Equatable {
    /// Numbers under a name.
    public struct NumericColumn: Sendable, Equatable {
        /// The column's name.
        public let name: String
        /// One finite number a row.
        public let values: [Double]

        /// Takes a name and its numbers.
        public init(name: String, values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// Category codes under a name.
    public struct CategoryColumn: Sendable, Equatable {
        /// The column's name.
        public let name: String
        /// How many categories there are, seen in these rows or not.
        public let categoryCount: Int
        /// One code a row, from -1 (unknown) to `categoryCount - 1`.
        public let codes: [Int32]

        /// Takes a name, the number of its categories and the codes.
        public init(name: String, categoryCount: Int, codes: [Int32]) {
            self.name = name
            self.categoryCount = categoryCount
            self.codes = codes
        }
    }

    /// The numeric columns in their order.
    public let numeric: [NumericColumn]
    /// The categorical columns in their order.
    public let categorical: [CategoryColumn]
    /// The length of every column.
    public let rowCount: Int

    /// Takes columns after checking them: O(rows · columns).
    ///
    /// - Parameters:
    ///   - numeric: the numeric columns.
    ///   - categorical: the categorical columns.
    ///   - rowCount: needed only where there is no column; else the first column's length.
    /// - Throws: `malformedDataset` where lengths differ, a name stands twice, a number is not finite or a code is out
    ///   of range.
    public init(
        numeric: [NumericColumn] = [], categorical: [CategoryColumn] = [], rowCount: Int? = nil
    ) throws(LeewayError) {
        let rows = rowCount ?? numeric.first?.values.count ?? categorical.first?.codes.count ?? 0
        var names: Set<String> = []
        for (name, count) in numeric.map({ ($0.name, $0.values.count) })
            + categorical.map({ ($0.name, $0.codes.count) })
        {
            guard count == rows else {
                throw LeewayError(.malformedDataset, "Column '\(name)' has \(count) rows where \(rows) are expected.")
            }
            guard names.insert(name).inserted else {
                throw LeewayError(.malformedDataset, "Column '\(name)' stands twice.")
            }
        }
        for column in numeric where !column.values.allSatisfy(\.isFinite) {
            throw LeewayError(
                .malformedDataset, "Column '\(column.name)' has values that are missing or infinite.",
                hint: "Fill them before a model is fitted, for instance with the median.")
        }
        for column in categorical {
            let range = -1..<max(Int32(clamping: column.categoryCount), 0)
            guard column.categoryCount >= 0, column.codes.allSatisfy(range.contains) else {
                throw LeewayError(
                    .malformedDataset,
                    "Column '\(column.name)' has codes outside of -1 ..< \(column.categoryCount).")
            }
        }
        self.numeric = numeric
        self.categorical = categorical
        self.rowCount = rows
    }
}
