import LeewayCore

/// Where a row breaks the contract, without the value that does.
package struct Violation: Sendable, Equatable {
    /// Which part of the contract was broken.
    package enum Rule: String, Sendable, CaseIterable {
        /// The field is not there.
        case required
        /// The field is null.
        case null
        /// The value is of another type.
        case type
        /// The number lies outside the range.
        case range
        /// The text is none of the categories.
        case category
        /// There is no such field.
        case extra
        /// The field stands twice in a row.
        case duplicate
        /// The row is no object, or has not as many values as there are columns.
        case shape
    }

    /// The row, from 0.
    package let row: Int
    /// The field's name, as the client gave it where the contract has none such.
    package let field: String
    package let rule: Rule
    /// What was expected, such as `a whole number from 17 to 90`.
    package let expected: String

    package init(row: Int, field: String, rule: Rule, expected: String) {
        (self.row, self.field, self.rule, self.expected) = (row, field, rule, expected)
    }
}

extension Contract.Field {
    /// What the field must be, in words.
    package var expectation: String {
        let kind: String
        switch type {
        case .integer: kind = "a whole number"
        case .number: kind = "a number"
        case .boolean: kind = "true or false"
        case .text: kind = "a text"
        case .date: kind = "a date as text"
        case .time: kind = "a time of day as text"
        case .timestamp: kind = "a date and time as text"
        }
        return kind + (range.map { " \($0)" } ?? "") + (isNullable ? ", or null" : "")
    }

    /// `from 17 to 90`; nil without limits.
    private var range: String? {
        switch (minimum, maximum) {
        case (let minimum?, let maximum?): "from \(Self.words(minimum)) to \(Self.words(maximum))"
        case (let minimum?, nil): "of at least \(Self.words(minimum))"
        case (nil, let maximum?): "of at most \(Self.words(maximum))"
        case (nil, nil): nil
        }
    }

    /// The categories that are allowed, the first twenty of them by name.
    package var categoryExpectation: String {
        let listed = categories.prefix(20).joined(separator: ", ")
        let rest = categories.count - 20
        return "one of \(listed)" + (rest > 0 ? " and \(rest) more" : "") + (isNullable ? ", or null" : "")
    }

    private static func words(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }
}
