package import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension LeewayError.Code {
    /// The prediction log can't be written: what was asked is not answered.
    package static let logNotWritable = Self("log_not_writable")
}

/// The errors of the log.
enum LogFailure {
    /// The error for what `errno` says about a path that was to be written.
    static func writing(_ path: String) -> LeewayError {
        let number = errno
        switch number {
        case ENOSPC, EDQUOT:
            return LeewayError(
                .diskFull, "The disk is full: can't write the log \(path).",
                hint: "Free some space, or keep less (log retention); the log goes on by itself.")
        case EACCES, EPERM, EROFS:
            return LeewayError(
                .logNotWritable, "No permission to write the log \(path).",
                hint: "Change the folder's permissions, or run as a user who may write there.")
        default:
            return LeewayError(
                .logNotWritable, "Can't write the log \(path): \(String(cString: strerror(number))).",
                hint: "Check the disk and the folder; the log goes on by itself when it can be written again.")
        }
    }

    /// Nothing can be added any more.
    static func closed(_ folder: String) -> LeewayError {
        LeewayError(.logNotWritable, "The log \(folder) is closed.", hint: "The server is about to end; ask again.")
    }
}
