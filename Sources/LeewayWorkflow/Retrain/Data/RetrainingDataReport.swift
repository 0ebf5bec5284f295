/// What a retraining learns from, and what was left out: the contents of `retraining_data.json`.
package struct RetrainingDataReport: Sendable, Equatable, Codable {
    /// Rows that break a rule.
    package struct Invalid: Sendable, Equatable, Codable {
        package let column: String
        /// `below min`, `above max`, `none of values`, `another type`.
        package let rule: String
        package let sourceRows: Int
        package let logRows: Int

        enum CodingKeys: String, CodingKey {
            case column
            case rule
            case sourceRows = "source_rows"
            case logRows = "log_rows"
        }
    }

    /// Rows of the source; 0 where it was not read.
    package var sourceRows = 0
    /// Rows of the log with a label; 0 where it was not read.
    package var logRows = 0
    /// Rows that were left out since they break a rule; a row may break several.
    package var invalidRows = 0
    package var invalid: [Invalid] = []
    /// Rows of the log that the source has as well.
    package var duplicateRows = 0
    /// Rows that are older than the window.
    package var oldRows = 0
    /// What is left.
    package var rows = 0
    /// How many of these came from the log.
    package var rowsOfLog = 0
    /// Names the rows that were read, whatever their order.
    package var fingerprint = ""

    package init() {}

    enum CodingKeys: String, CodingKey {
        case sourceRows = "source_rows"
        case logRows = "labelled_log_rows"
        case invalidRows = "invalid_rows"
        case invalid
        case duplicateRows = "duplicate_rows"
        case oldRows = "old_rows"
        case rows
        case rowsOfLog = "rows_of_log"
        case fingerprint
    }
}
