/// The outcomes of all checks: the contents of `validation_report.json`.
package struct ValidationReport: Sendable, Codable, Equatable {
    /// One check and how it came out.
    package struct Check: Sendable, Codable, Equatable {
        /// What was checked, such as `range` or `null_share`.
        package let check: String
        /// The column, or nil for a check of the table.
        package let column: String?
        package let severity: Severity
        package let passed: Bool
        /// What was expected and what was found, with counts and no cell's value.
        package let message: String

        /// The message, with the column before it where the message does not name it.
        package var text: String {
            guard let column, !message.contains("'\(column)'") else { return message }
            return "column '\(column)': \(message)"
        }

        /// Takes a check and how it came out.
        package init(_ check: String, column: String? = nil, severity: Severity, passed: Bool, message: String) {
            self.check = check
            self.column = column
            self.severity = severity
            self.passed = passed
            self.message = message
        }
    }

    /// Every check, those of the table first.
    package let checks: [Check]

    /// The failed checks that stop the run.
    package var errors: [Check] { checks.filter { !$0.passed && $0.severity == .error } }
    /// The failed checks that do not.
    package var warnings: [Check] { checks.filter { !$0.passed && $0.severity == .warn } }
    /// Whether the run may go on.
    package var passed: Bool { errors.isEmpty }

    package init(checks: [Check]) { self.checks = checks }

    package init(from decoder: any Decoder) throws {
        checks = try decoder.container(keyedBy: CodingKeys.self).decode([Check].self, forKey: .checks)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(passed, forKey: .passed)
        try container.encode(errors.count, forKey: .errors)
        try container.encode(warnings.count, forKey: .warnings)
        try container.encode(checks, forKey: .checks)
    }

    private enum CodingKeys: String, CodingKey {
        case passed
        case errors
        case warnings
        case checks
    }
}
