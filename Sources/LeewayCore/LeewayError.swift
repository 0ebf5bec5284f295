/// What went wrong, in words for a person and in a code for a program.
///
/// `message` says what is wrong and where, `hint` what to do about it. Neither holds a cell's value: errors reach logs.
public struct LeewayError: Error, Sendable, Equatable {
    /// A stable name for a kind of failure: a struct, not an enum, so that a new code breaks no caller.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code as it stands in JSON and in logs, such as `missing_column`.
        public let description: String

        /// Makes a code; prefer the constants.
        public init(_ description: String) { self.description = description }
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence with names and counts, ending in a full stop.
    public let message: String
    /// What to do about it, or nil where nothing can be said.
    public let hint: String?

    /// Makes an error from its code, its sentence and its way out.
    public init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension LeewayError: CustomStringConvertible {
    /// `code: message hint`, on one line.
    public var description: String { "\(code): \(message)" + (hint.map { " \($0)" } ?? "") }
}

extension LeewayError.Code {
    /// A named column is not there.
    public static let missingColumn = Self("missing_column")
    /// A column has no value that could be used.
    public static let noUsableValues = Self("no_usable_values")
    /// A column has another kind of values than the operation needs.
    public static let wrongColumnKind = Self("wrong_column_kind")
    /// Columns of one data set differ in length, or a name stands twice.
    public static let malformedDataset = Self("malformed_dataset")
    /// A setting has a value that makes no sense.
    public static let invalidSetting = Self("invalid_setting")
    /// A configuration file can't be read or understood.
    public static let invalidConfiguration = Self("invalid_configuration")
    /// A command was called in a way that it does not understand.
    public static let invalidUsage = Self("invalid_usage")
    /// A file or folder is not there.
    public static let fileNotFound = Self("file_not_found")
    /// A file or folder is there but can't be read or written.
    public static let fileNotAccessible = Self("file_not_accessible")
    /// The source has no rows, or not enough of them.
    public static let notEnoughRows = Self("not_enough_rows")
    /// The source's bytes are not what its format promises.
    public static let malformedSource = Self("malformed_source")
    /// The source's columns or types are not those that the champion was trained on.
    public static let sourceChanged = Self("source_changed")
    /// Training again could not make another model.
    public static let nothingNew = Self("nothing_new")
    /// The target column can't be used: constant, empty or of too many classes.
    public static let unusableTarget = Self("unusable_target")
    /// The data were refused by validation.
    public static let validationFailed = Self("validation_failed")
    /// A native library is missing or can't be loaded.
    public static let missingLibrary = Self("missing_library")
    /// The query engine reported an error.
    public static let engineFailed = Self("engine_failed")
    /// An Arrow array does not keep to the Arrow format.
    public static let malformedArrow = Self("malformed_arrow")
    /// An Arrow type that is not read.
    public static let unsupportedType = Self("unsupported_type")
    /// The registry or an artifact on disk is damaged.
    public static let damagedArtifact = Self("damaged_artifact")
    /// No such model, version or alias.
    public static let unknownVersion = Self("unknown_version")
    /// The registry can't be read or written.
    public static let registryFailed = Self("registry_failed")
    /// The disk is full.
    public static let diskFull = Self("disk_full")
    /// The fit did not reach the optimum.
    public static let notConverged = Self("not_converged")
    /// The user asked to stop.
    public static let interrupted = Self("interrupted")
}
