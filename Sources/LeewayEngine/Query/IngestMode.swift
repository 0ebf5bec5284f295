/// What becomes of a table that is written to.
package enum IngestMode: Sendable {
    /// It must not be there yet.
    case create
    /// It must be there, with the same columns.
    case append
    /// It is made anew, whatever was there.
    case replace
    /// It is made where it is missing.
    case createOrAppend

    /// Whether rows that are there already stay.
    var keepsRows: Bool { self == .append || self == .createOrAppend }

    /// The mode in ADBC's words.
    var option: String {
        switch self {
        case .create: "adbc.ingest.mode.create"
        case .append: "adbc.ingest.mode.append"
        case .replace: "adbc.ingest.mode.replace"
        case .createOrAppend: "adbc.ingest.mode.create_append"
        }
    }
}
