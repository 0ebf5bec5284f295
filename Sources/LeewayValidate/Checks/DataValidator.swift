import LeewayCore
import LeewayStats

/// Holds the counts of a table's values against rules; no row is read again.
package struct DataValidator: Sendable {
    package let rules: ValidationRules

    package init(rules: ValidationRules) { self.rules = rules }

    /// Runs every check and reports every outcome.
    ///
    /// - Complexity: O(distinct values).
    package func validate(rowCount: Int, columns: [ColumnCounts], target: String) -> ValidationReport {
        var checks = [rowCountCheck(rowCount)]
        if let target = columns.first(where: { $0.name == target }) {
            checks += targetChecks(target)
        }
        for column in columns where column.name != target {
            checks += standingChecks(column, rowCount: rowCount)
        }
        for (name, rule) in rules.columns {
            if let column = columns.first(where: { $0.name == name }) {
                checks += ruleChecks(column, rule, rowCount: rowCount)
            } else {
                checks.append(
                    .init(
                        "present", column: name, severity: rule.severity, passed: false,
                        message: "Column '\(name)' is expected but is not in the source."))
            }
        }
        return ValidationReport(checks: checks)
    }

    private func rowCountCheck(_ rowCount: Int) -> ValidationReport.Check {
        .init(
            "row_count", severity: .error, passed: rowCount >= rules.minimumRows,
            message: "\(rowCount) \(rowCount == 1 ? "row" : "rows") where at least \(rules.minimumRows) are needed.")
    }

    private func targetChecks(_ target: ColumnCounts) -> [ValidationReport.Check] {
        let classes = target.distinctCount
        return [
            .init(
                "target_classes", column: target.name, severity: .error, passed: classes == 2,
                message: "The target has \(classes) \(classes == 1 ? "class" : "classes") where two are needed."),
            .init(
                "target_nulls", column: target.name, severity: .warn, passed: target.nullCount == 0,
                message: target.nullCount == 0
                    ? "Every row has a target."
                    : "\(target.nullCount) rows have no target; they neither train nor test."),
        ]
    }

    /// What is asked of every column, whether or not there is a rule for it.
    private func standingChecks(_ column: ColumnCounts, rowCount: Int) -> [ValidationReport.Check] {
        guard column.nullCount < rowCount else {
            return [
                .init(
                    "not_empty", column: column.name, severity: .warn, passed: false,
                    message: "Column '\(column.name)' has no value at all; it is left out of the features.")
            ]
        }
        let share = Double(column.nullCount) / Double(max(1, rowCount))
        return [
            .init(
                "mostly_present", column: column.name, severity: .warn, passed: share <= rules.warnedNullShare,
                message:
                    "\(Self.percent(share)) of the values are missing; a warning is given above \(Self.percent(rules.warnedNullShare))."
            ),
            .init(
                "not_constant", column: column.name, severity: .warn, passed: column.distinctCount > 1,
                message: "\(column.distinctCount) distinct \(column.distinctCount == 1 ? "value" : "values")."),
        ] + strayTextCheck(column)
    }

    /// Whether a column of texts would be one of numbers but for a few of its values.
    private func strayTextCheck(_ column: ColumnCounts) -> [ValidationReport.Check] {
        guard column.type == .text, case .texts(let counts) = column.values else { return [] }
        let rows = counts.entries.reduce(0) { $0 + $1.count }
        let numbers = counts.entries.reduce(0) { $0 + (Double($1.text) == nil ? 0 : $1.count) }
        // Nothing but numbers are texts because somebody wants them so, or because a rarer value is not listed.
        guard numbers * 10 >= rows * 9, numbers > 0, numbers < rows || !counts.isComplete else { return [] }
        let share = Double(numbers) / Double(max(1, rows))
        return [
            .init(
                "stray_texts", column: column.name, severity: .warn, passed: false,
                message: """
                    \(Self.percent(share)) of \(counts.isComplete ? "the" : "its most frequent") values are numbers, but the \
                    column is read as texts; name what means a missing value in 'null_values', or mend the others.
                    """)
        ]
    }

    private func ruleChecks(
        _ column: ColumnCounts, _ rule: ValidationRules.Column, rowCount: Int
    ) -> [ValidationReport.Check] {
        var checks: [ValidationReport.Check] = []
        func add(_ name: String, _ passed: Bool, _ message: String) {
            checks.append(
                .init(name, column: column.name, severity: rule.severity, passed: passed, message: message))
        }
        if let type = rule.type {
            // Whole numbers are numbers; the other way round loses fractions.
            let passed = column.type == type || (type == .number && column.type == .integer)
            add("type", passed, "The type is \(column.type.rawValue) where \(type.rawValue) is expected.")
        }
        if rule.minimum != nil || rule.maximum != nil {
            let range = Self.range(rule.minimum, rule.maximum)
            switch column.values {
            case .numbers(let counts):
                let (low, high) = (rule.minimum ?? -.infinity, rule.maximum ?? .infinity)
                let outside = zip(counts.values, counts.counts).reduce(0) {
                    $0 + ($1.0 < low || $1.0 > high ? $1.1 : 0)
                }
                add("range", outside == 0, "\(outside) values lie outside \(range).")
            case .texts(let counts):
                // One stray text makes a column of numbers one of texts: that must not pass for want of numbers.
                add(
                    "range", counts.distinctCount == 0,
                    "The values are \(column.type.rawValue), which does not lie in \(range).")
            }
        }
        if let allowed = rule.allowedValues.map(Set.init) {
            let unknown = Self.unknown(column.values, allowed)
            add(
                "allowed_values", unknown.values == 0,
                "\(unknown.values) distinct values in \(unknown.rows)\(unknown.isComplete ? "" : " or more") rows are not among the \(allowed.count) allowed ones."
            )
        }
        if let limit = rule.maximumNullShare {
            let share = Double(column.nullCount) / Double(max(1, rowCount))
            add(
                "null_share", share <= limit,
                "\(Self.percent(share)) of the values are missing where at most \(Self.percent(limit)) may be.")
        }
        return checks
    }

    /// How many distinct values are not allowed, and in how many rows they stand; numbers are compared as numbers.
    private static func unknown(
        _ values: ColumnCounts.Values, _ allowed: Set<String>
    ) -> (values: Int, rows: Int, isComplete: Bool) {
        switch values {
        case .numbers(let counts):
            let numbers = Set(allowed.compactMap { Double($0) })
            let unknown = zip(counts.values, counts.counts).filter { !numbers.contains($0.0) }
            return (unknown.count, unknown.reduce(0) { $0 + $1.1 }, true)
        case .texts(let counts):
            let unknown = counts.entries.filter { !allowed.contains($0.text) }
            // Of the texts that were not counted, some may be allowed: as many as were not met among those that were.
            let unmet = max(0, allowed.count - (counts.entries.count - unknown.count))
            let unlisted = max(0, counts.distinctCount - counts.entries.count - unmet)
            return (unknown.count + unlisted, unknown.reduce(0) { $0 + $1.count }, counts.isComplete)
        }
    }

    private static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded() / 10
        return "\(tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)) %"
    }

    private static func range(_ minimum: Double?, _ maximum: Double?) -> String {
        "\(minimum.map { "\($0)" } ?? "any") … \(maximum.map { "\($0)" } ?? "any")"
    }
}
