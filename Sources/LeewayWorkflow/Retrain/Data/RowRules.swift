import LeewayCore

/// What the configuration asks of single rows, as SQL: ranges and lists of values of severity `error`.
struct RowRules {
    /// A rule that a row may break.
    struct Rule {
        let column: String
        /// The words of the configuration: `below min`.
        let words: String
        /// True for a row that breaks it; never null.
        let condition: String
    }

    let rules: [Rule]

    /// Takes the rules for columns that are there.
    init(_ configuration: ValidationConfiguration, columns: [SourceTable.Column]) {
        var rules: [Rule] = []
        for rule in configuration.columns where rule.severity == "error" {
            guard let column = columns.first(where: { $0.name == rule.name }) else { continue }
            let name = column.name.sqlName
            func add(_ words: String, _ condition: String) {
                rules.append(Rule(column: column.name, words: words, condition: "coalesce(\(condition), false)"))
            }
            if column.type.isNumeric {
                if let minimum = rule.minimum { add("below min", "\(name) < \(minimum)") }
                if let maximum = rule.maximum { add("above max", "\(name) > \(maximum)") }
            }
            if let values = rule.values {
                let list = values.map(\.sqlLiteral).joined(separator: ", ")
                add("none of values", "CAST(\(name) AS VARCHAR) NOT IN (\(list))")
            }
        }
        self.rules = rules
    }

    /// True for a row that keeps to all of them.
    var condition: String {
        rules.isEmpty ? "true" : "NOT (\(rules.map(\.condition).joined(separator: " OR ")))"
    }
}
