/// DuckDB's report of a bad line of a CSV file, without the line.
///
/// The report is some twenty lines long; kept are the file, the line's number, the column, and what is wrong.
struct CSVMessage: CustomStringConvertible {
    private let line: Substring
    private var facts: [String] = []
    private var file = ""

    /// Understands a report, or gives nil where the message is none.
    init?(_ message: String) {
        guard let start = message.firstRange(of: "CSV Error on Line: ") else { return nil }
        line = message[start.upperBound...].prefix(while: \.isNumber)
        for text in message[start.upperBound...].split(whereSeparator: \.isNewline) {
            if let column = Self.between("Error when converting column \"", "\". ", in: text) {
                facts.append("a value of column '\(column)' can't be converted")
            } else if let type = Self.between(" is being converted as type ", "", in: text), text.hasPrefix("Column ") {
                facts.append("the column is read as \(type)")
            } else if let path = Self.between("  file = ", "", in: text) {
                file = path
            } else if Self.harmless.contains(where: text.hasPrefix) {
                facts.append(String(text.prefix { $0 != "." }))
            }
        }
    }

    /// One sentence, such as `Line 7 of the CSV file '/data/a.csv': expected …`.
    var description: String {
        let facts = facts.isEmpty ? ["it can't be read"] : facts
        return "Line \(line) of the CSV file '\(file)': \(facts.joined(separator: "; "))."
    }

    /// Beginnings of lines that quote nothing from the file.
    private static let harmless = [
        "Expected Number of Columns: ", "Invalid unicode", "Value with unterminated quote found", "Maximum line size",
        "The CSV Parser state machine reached an invalid state",
    ]

    private static func between(_ before: String, _ after: String, in text: Substring) -> String? {
        guard let start = text.firstRange(of: before) else { return nil }
        let rest = text[start.upperBound...]
        guard !after.isEmpty else { return String(rest) }
        return rest.firstRange(of: after).map { String(rest[..<$0.lowerBound]) }
    }
}
