package import LeewayCore
package import LeewayValidate

/// An error as its reader gets it: problem details of RFC 9457, `application/problem+json`.
package struct Problem: Sendable {
    package static let mediaType = "application/problem+json"

    package let status: Int
    /// The kind of problem: the error's code.
    package let code: String
    package let title: String
    package let detail: String
    /// What names this request in the logs.
    package let requestID: String
    package let violations: [Violation]
    /// How many violations there are, those that are not listed included.
    package let violationCount: Int

    package init(
        status: Int, code: String, title: String, detail: String, requestID: String, violations: [Violation] = [],
        violationCount: Int = 0
    ) {
        (self.status, self.code, self.title, self.detail) = (status, code, title, detail)
        (self.requestID, self.violations, self.violationCount) = (requestID, violations, violationCount)
    }

    /// The problem of an error.
    package init(_ error: LeewayError, status: Int, requestID: String) {
        self.init(
            status: status, code: error.code.description,
            title: error.code.description.split(separator: "_").joined(separator: " ").capitalizedFirst,
            detail: error.message + (error.hint.map { " \($0)" } ?? ""), requestID: requestID)
    }

    /// The problem of true labels that are no classes.
    package init(labels violations: [Violation], of count: Int, requestID: String) {
        self.init(
            status: 422, code: LeewayError.Code.contractViolated.description, title: "Labels are none of the classes",
            detail: "\(violations.count) of \(count) labels; nothing was recorded.", requestID: requestID,
            violations: Array(violations.prefix(ContractReader.listLimit)), violationCount: violations.count)
    }

    /// The problem of rows that do not keep to the contract.
    package init(contract rows: ContractRows, requestID: String) {
        self.init(
            rows.violations, count: rows.violationCount, badRows: rows.badRowCount, rows: rows.count,
            requestID: requestID)
    }

    /// The problem of so many rows, some of which do not keep to the contract.
    package init(_ violations: [Violation], count: Int, badRows: Int, rows: Int, requestID: String) {
        let problems = count == 1 ? "1 problem" : "\(count) problems"
        self.init(
            status: 422, code: LeewayError.Code.contractViolated.description,
            title: "The rows do not keep to the contract",
            detail: "\(problems) in \(badRows) of \(rows) \(rows == 1 ? "row" : "rows"); nothing was predicted.",
            requestID: requestID, violations: violations, violationCount: count)
    }

    package var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 256 + violations.count * 120)
        writer.raw(#"{"type":"urn:leeway:problem:"#)
        writer.write(code)
        writer.raw(#"","title":"#)
        writer.text(title)
        writer.raw(#","status":"#)
        writer.integer(status)
        writer.raw(#","detail":"#)
        writer.text(detail)
        writer.raw(#","request_id":"#)
        writer.text(requestID)
        if violationCount > 0 {
            writer.raw(#","error_count":"#)
            writer.integer(violationCount)
            writer.raw(#","errors":"#)
            Self.append(violations, to: &writer)
        }
        writer.raw(UInt8(ascii: "}"))
        return writer.bytes
    }

    /// Appends violations as an array of objects.
    package static func append(_ violations: [Violation], to writer: inout JSONWriter) {
        writer.raw(UInt8(ascii: "["))
        for (place, violation) in violations.enumerated() {
            if place > 0 { writer.raw(UInt8(ascii: ",")) }
            writer.raw(#"{"row":"#)
            writer.integer(violation.row)
            writer.raw(#","field":"#)
            writer.text(violation.field)
            writer.raw(#","rule":""#)
            writer.write(violation.rule.rawValue)
            writer.raw(#"","expected":"#)
            writer.text(violation.expected)
            writer.raw(UInt8(ascii: "}"))
        }
        writer.raw(UInt8(ascii: "]"))
    }
}

extension String {
    /// The text with its first letter in upper case.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
