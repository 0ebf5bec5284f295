/// What an engine says when something fails, on one line and without the cell values that it quotes.
///
/// Errors reach logs, so no cell may stand in one. Names of files, columns, tables and types stay, and so do line
/// numbers. Where it is not certain that a word is no value, it is left out.
enum EngineMessage {
    /// Shortens a message of DuckDB's, or of another engine that failed on its data.
    ///
    /// - Parameters:
    ///   - message: What the engine says.
    ///   - sqlState: The five characters of the error's class, where the driver gives them; 22 and 23 are data.
    /// - Returns: One line.
    static func redacting(_ message: String, sqlState: String = "") -> String {
        let message = unwrapped(message)
        if let csv = CSVMessage(message) { return csv.description }
        let summary = firstParagraph(message)
        let isOfData = sqlState.hasPrefix("22") || sqlState.hasPrefix("23") || mayQuoteValues(message)
        return isOfData ? withoutValues(summary) : summary
    }

    /// Errors that speak of the query, the files and the machine; all others may quote a cell.
    private static let kindsWithoutValues: Set<String> = [
        "Binder", "Catalog", "Connection", "Dependency", "Extension Autoloading", "FATAL", "HTTP", "INTERNAL",
        "INTERRUPT", "IO", "Invalid Configuration", "Missing Extension", "Network", "Not implemented", "Out of Memory",
        "Parameter Not Allowed", "Parameter Not Resolved", "Parser", "Permission", "Settings", "Syntax",
        "TransactionContext",
    ]

    /// Whether the message is of a kind that may quote a cell: by DuckDB's first words or the `SQLSTATE` in the text.
    private static func mayQuoteValues(_ message: String) -> Bool {
        if message.contains("SQLSTATE: 22") || message.contains("SQLSTATE: 23") { return true }
        guard let end = message.firstRange(of: " Error: ")?.lowerBound else { return false }
        let kind = String(message[..<end])
        return kind.count < 25 && !kind.contains("\n") && !kindsWithoutValues.contains(kind)
    }

    /// What stands in quotes after one of these is a name.
    private static let namers = ["column", "file", "table", "function", "pattern"]

    /// Where a type's name may come after a value.
    private static let types: Set<String> = [
        "BIGINT", "BLOB", "BOOL", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "ENUM", "FLOAT", "HUGEINT", "INT", "INT128",
        "INT16", "INT32", "INT64", "INT8", "INTEGER", "INTERVAL", "JSON", "SMALLINT", "TIME", "TIMESTAMP", "TINYINT",
        "UBIGINT", "UHUGEINT", "UINT128", "UINT16", "UINT32", "UINT64", "UINT8", "UINTEGER", "USMALLINT", "UTINYINT",
        "UUID", "VARCHAR",
    ]

    /// The inner message of an error that carries another one as JSON.
    private static func unwrapped(_ message: String) -> String {
        guard let open = message.firstRange(of: "\"exception_message\":\""),
            let end = message[open.upperBound...].firstRange(of: "\",\"")
        else { return message }
        let kind = message.firstRange(of: ": ").map { String(message[..<$0.upperBound]) } ?? ""
        return kind + String(message[open.upperBound..<end.lowerBound]).replacing("\\\"", with: "\"")
    }

    /// The text up to the excerpt of the query, or to the first empty line, as one line.
    private static func firstParagraph(_ message: String) -> String {
        var text = message[...]
        for end in ["\n\n", "\nLINE ", "\n\tCandidate functions", "\nThe search space"] {
            if let range = text.firstRange(of: end) { text = text[..<range.lowerBound] }
        }
        var summary = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        if let excerpt = message.firstRange(of: "\nLINE ") {
            let line = message[excerpt.upperBound...].prefix(while: \.isNumber)
            if line != "1", !line.isEmpty { summary += " (line \(line) of the query)" }
        }
        return summary
    }

    /// The text up to its first quoted value, with numbers left out, and the type that the value was meant for.
    private static func withoutValues(_ text: String) -> String {
        var kept = ""
        var rest = text[...]
        while let quote = rest.firstIndex(where: { $0 == "'" || $0 == "\"" }) {
            let head = rest[..<quote]
            let isApostrophe = head.last?.isLetter == true
            let isName = namers.contains { head.hasSuffix($0 + " ") }
            kept += withoutNumbers(head)
            let after = rest.index(after: quote)
            if isApostrophe {
                kept.append(rest[quote])
                rest = rest[after...]
            } else if isName, let end = rest[after...].firstIndex(of: rest[quote]) {
                kept += rest[quote...end]
                rest = rest[rest.index(after: end)...]
            } else {
                return kept + "…" + target(of: rest)
            }
        }
        return kept + withoutNumbers(rest)
    }

    /// ` to BIGINT`, where a text ends by naming the type that a value can't be converted to.
    private static func target(of text: Substring) -> String {
        let ends = [" to type ", " to the destination type ", " for the destination type ", " to "]
        guard let start = ends.lazy.compactMap({ text.ranges(of: $0).last?.upperBound }).first else { return "" }
        let word = text[start...].drop { $0 == "'" || $0 == "\"" }.prefix { $0.isLetter || $0.isNumber }
        return types.contains(String(word)) ? " to \(word)" : ""
    }

    /// Numbers become `…`, but not those that belong to a word such as INT64, nor places in a file.
    private static func withoutNumbers(_ text: some StringProtocol) -> String {
        var kept = ""
        var rest = text[...]
        while let start = rest.firstIndex(where: \.isNumber) {
            kept += rest[..<start]
            rest = rest[start...]
            let isWord = kept.last.map { $0.isLetter || $0 == "_" } ?? false
            let isPlace = ["byte ", "record/value ", "in line "].contains { kept.hasSuffix($0) }
            let isKept = isWord || isPlace
            let number = rest.prefix { $0.isNumber || (!isKept && ($0 == "." || $0 == "-")) }
            kept += isKept ? String(number) : "…"
            rest = rest[number.endIndex...]
        }
        return kept + rest
    }
}
