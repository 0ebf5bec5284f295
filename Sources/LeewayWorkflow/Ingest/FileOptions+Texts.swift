/// How a file's texts are cleaned: the same in training and in scoring, or a model would see other categories.
extension FileOptions {
    /// The text of a column, given by its quoted name, trimmed where the file asks for it.
    func text(of column: String) -> String {
        let text = "CAST(\(column) AS VARCHAR)"
        return trim ? "trim(\(text))" : text
    }

    /// The text with what means a missing value as NULL; nothing but spaces is nothing once they are taken off.
    func missing(in text: String) -> String {
        (trim ? nullValues + [""] : nullValues).reduce(text) { "nullif(\($0), \($1.sqlLiteral))" }
    }
}
