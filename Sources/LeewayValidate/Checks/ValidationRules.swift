package import LeewayCore

/// What the data must keep to: what the user wrote, and what an earlier schema says.
package struct ValidationRules: Sendable, Equatable {
    /// What one column must keep to; nil asks nothing.
    package struct Column: Sendable, Equatable {
        package var type: ColumnType?
        package var minimum: Double?
        package var maximum: Double?
        package var allowedValues: [String]?
        /// 0 … 1.
        package var maximumNullShare: Double?
        package var severity: Severity

        /// Takes what is asked of a column.
        package init(
            type: ColumnType? = nil, minimum: Double? = nil, maximum: Double? = nil, allowedValues: [String]? = nil,
            maximumNullShare: Double? = nil, severity: Severity = .error
        ) {
            self.type = type
            self.minimum = minimum
            self.maximum = maximum
            self.allowedValues = allowedValues
            self.maximumNullShare = maximumNullShare
            self.severity = severity
        }

        /// What an earlier schema asks: its type, range and categories, and at most `slack` more missing values than it saw.
        init(_ column: Schema.Column, severity: Severity, slack: Double) {
            self.init(
                type: column.type, minimum: column.minimum, maximum: column.maximum,
                allowedValues: column.categories, maximumNullShare: min(1, column.nullShare + slack),
                severity: severity)
        }
    }

    /// What a column of the earlier schema may have more of missing values.
    static let nullShareSlack = 0.05

    /// The fewest rows that are enough.
    package var minimumRows: Int
    /// The share of missing values from which a column is warned of, 0 … 1.
    package var warnedNullShare: Double
    /// What the columns must keep to, in the order in which they are checked.
    package var columns: [(name: String, rule: Column)]

    /// Takes what the user wrote and, before it, what an earlier schema says; a user's rule replaces the schema's.
    package init(
        minimumRows: Int = 10, warnedNullShare: Double = 0.5, columns: [(name: String, rule: Column)] = [],
        expected: Schema? = nil, expectedSeverity: Severity = .error
    ) {
        self.minimumRows = minimumRows
        self.warnedNullShare = warnedNullShare
        let written = Set(columns.map(\.name))
        let inherited = (expected?.columns ?? []).filter { !written.contains($0.name) }.map {
            (name: $0.name, rule: Column($0, severity: expectedSeverity, slack: Self.nullShareSlack))
        }
        self.columns = inherited + columns
    }

    package static func == (left: ValidationRules, right: ValidationRules) -> Bool {
        left.minimumRows == right.minimumRows && left.warnedNullShare == right.warnedNullShare
            && left.columns.elementsEqual(right.columns) { $0.name == $1.name && $0.rule == $1.rule }
    }
}
