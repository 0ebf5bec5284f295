package import LeewayValidate

/// Violations in one sentence, for protocols whose errors are a text.
package enum ViolationText {
    /// How many are told.
    package static let listLimit = 10

    /// What is wrong, row by row, and how much there is of it.
    ///
    /// `2 problems in 1 of 3 rows: row 0, age: a whole number from 17 to 90 is expected (range); row 0, sex: …`
    ///
    /// - Precondition: the rows have a violation.
    package static func sentence(_ rows: ContractRows) -> String {
        precondition(rows.violationCount > 0, "Rows without a violation need no sentence.")
        var parts = rows.violations.prefix(listLimit).map(words)
        if rows.violationCount > parts.count { parts.append("and \(rows.violationCount - parts.count) more") }
        let problems = rows.violationCount == 1 ? "1 problem" : "\(rows.violationCount) problems"
        let count = rows.count == 1 ? "1 row" : "\(rows.count) rows"
        return "\(problems) in \(rows.badRowCount) of \(count): \(parts.joined(separator: "; "))."
    }

    private static func words(_ violation: Violation) -> String {
        let place = "row \(violation.row)" + (violation.field.isEmpty ? "" : ", \(violation.field)")
        // Of a field that is not known the reader already says all there is to say.
        let what = violation.rule == .extra ? violation.expected : "\(violation.expected) is expected"
        return "\(place): \(what) (\(violation.rule.rawValue))"
    }
}
