import CADBC
import LeewayCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a driver reports, in our words: the one place where a status, a text or an `errno` becomes a `LeewayError`.
enum DriverFailure {
    /// Makes a call that fills an `AdbcError`, and throws what it says.
    static func check(
        _ function: String, driver: UnsafeMutablePointer<AdbcDriver>? = nil,
        _ body: (UnsafeMutablePointer<AdbcError>) -> AdbcStatusCode?
    ) throws(LeewayError) {
        var error = AdbcError()
        // Without this mark of ADBC 1.1 a driver takes the struct for the shorter one of 1.0.
        error.vendor_code = Int32.min
        error.private_driver = driver
        guard let status = body(&error) else {
            throw LeewayError(.engineFailed, "The driver has no function '\(function)'.")
        }
        defer { error.release?(&error) }
        guard status != ADBC_STATUS_OK else { return }
        throw self.error(status: status, reported: error, function: function)
    }

    /// The error behind a failed step of a stream: the driver's struct where it keeps one, else its text and `errno`.
    static func streamError(
        _ stream: UnsafeMutablePointer<ArrowArrayStream>, code: Int32, driver: AdbcDriver?
    ) -> LeewayError {
        var status = AdbcStatusCode(ADBC_STATUS_UNKNOWN)
        if let reported = driver?.ErrorFromArrayStream?(stream, &status), status != ADBC_STATUS_OK {
            return error(status: status, reported: reported.pointee, function: "get_next")
        }
        let text = stream.pointee.get_last_error?(stream).map { String(cString: $0) } ?? "errno \(code)"
        if code == ENOSPC { return diskFull(EngineMessage.redacting(text)) }
        return error(code == ECANCELED ? AdbcStatusCode(ADBC_STATUS_CANCELLED) : status, text)
    }

    /// The error for a status and the driver's own text.
    static func error(_ status: AdbcStatusCode, _ text: String, sqlState: String = "") -> LeewayError {
        if status == ADBC_STATUS_CANCELLED || text.hasPrefix("INTERRUPT Error") {
            return LeewayError(.interrupted, "The query was cancelled.")
        }
        let message = EngineMessage.redacting(text, sqlState: sqlState)
        if text.contains("No space left on device") { return diskFull(message) }
        if text.hasPrefix("Out of Memory Error") {
            return LeewayError(
                .engineFailed, sentence(message),
                hint: "Raise the memory limit, or let the engine spill to a folder with more room.")
        }
        if brokenParquet.contains(where: text.contains) { return notParquet(text) }
        let code = codes.first { text.contains($0.sign) }?.code ?? .engineFailed
        return LeewayError(code, sentence(message))
    }

    /// What DuckDB says of a Parquet file that it can't make sense of.
    private static let brokenParquet = [
        "No magic bytes found", "Footer length error in file", "Parquet file is likely corrupted", "TProtocolException",
        "don't know what type", "metadata is corrupt", "Incorrect stats size", "Could not read enough bytes from file",
    ]

    /// What DuckDB says of files; all else is the engine's failure.
    private static let codes: [(sign: String, code: LeewayError.Code)] = [
        ("CSV Error on Line", .malformedSource), ("Error when sniffing file", .malformedSource),
        ("Malformed JSON in file", .malformedSource), ("GZIP stream", .malformedSource),
        ("No files found that match", .fileNotFound), ("Cannot open file", .fileNotAccessible),
        ("Permission denied", .fileNotAccessible),
    ]

    private static func notParquet(_ text: String) -> LeewayError {
        let name = text.firstRange(of: "file ").flatMap { place -> Substring? in
            let rest = text[place.upperBound...]
            guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
            return rest.dropFirst().prefix { $0 != quote }
        }
        return LeewayError(
            .malformedSource, "\(name.map { "'\($0)'" } ?? "A file") is not a whole Parquet file.",
            hint: "It was cut off or damaged, or is of another format; write or fetch it again.")
    }

    private static func error(status: AdbcStatusCode, reported: AdbcError, function: String) -> LeewayError {
        let sqlState = withUnsafeBytes(of: reported.sqlstate) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let text = reported.message.map { String(cString: $0) } ?? "\(function) failed with status \(status)"
        return error(status, text, sqlState: sqlState)
    }

    private static func diskFull(_ message: String) -> LeewayError {
        LeewayError(.diskFull, sentence(message), hint: "Free space there, or choose another folder.")
    }

    private static func sentence(_ text: String) -> String {
        guard let end = text.lastIndex(where: { !$0.isWhitespace && $0 != "." }) else {
            return "The engine gave no reason."
        }
        let text = text[...end]
        return text.hasSuffix("!") || text.hasSuffix("?") ? String(text) : text + "."
    }
}
