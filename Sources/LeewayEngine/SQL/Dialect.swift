/// What differs between the engines' SQL, and how names and texts are written so that nothing in them is taken for SQL.
package enum Dialect: Sendable {
    case duckDB

    /// A name of a table or a column, in quotes; any text is a valid name.
    package func identifier(_ name: String) -> String {
        "\"" + doubled("\"", in: name) + "\""
    }

    /// A text as a literal; any text may stand in it, even a zero character.
    package func literal(_ text: String) -> String {
        let parts = text.split(separator: "\0", omittingEmptySubsequences: false)
        let literals = parts.map { "'" + doubled("'", in: $0) + "'" }
        // A query's text ends at its first zero character, so it is made by the engine.
        return literals.count == 1 ? literals[0] : "(" + literals.joined(separator: " || chr(0) || ") + ")"
    }

    /// The path of one file as a literal, where a glob may stand: what has a meaning in globs stands for itself.
    package func file(_ path: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in path.unicodeScalars {
            let isSpecial = scalar == "*" || scalar == "?" || scalar == "["
            if isSpecial { scalars.append("[") }
            scalars.append(scalar)
            if isSpecial { scalars.append("]") }
        }
        return literal(String(scalars))
    }

    /// Doubles a quote wherever it stands: scalar by scalar, for with a combining mark it is no character of its own.
    private func doubled(_ quote: Unicode.Scalar, in text: some StringProtocol) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == quote { scalars.append(quote) }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    /// A number as a literal that keeps all its digits; NaN is null.
    package func literal(_ number: Double) -> String {
        guard number.isFinite else {
            return number.isNaN ? "NULL" : "CAST('\(number < 0 ? "-" : "")Infinity' AS DOUBLE)"
        }
        // The exponent makes it a DOUBLE: without one DuckDB and Spark take 1.5 for a DECIMAL.
        let text = "\(number)"
        return text.contains("e") ? text : text + "e0"
    }
}
