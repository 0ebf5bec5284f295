import LeewayCore

/// How the process ends.
enum ExitStatus: Int32, Error {
    case done = 0
    case failed = 1
    /// Wrong usage, or a configuration that makes no sense.
    case usage = 2
    /// The data were refused by validation.
    case refused = 3
    /// Drift was found.
    case drift = 4
    /// A challenger was trained and not promoted.
    case notPromoted = 5
    case interrupted = 130

    /// The status that a kind of error has.
    init(_ error: LeewayError) {
        switch error.code {
        case .invalidUsage, .invalidConfiguration, .invalidSetting: self = .usage
        case .validationFailed: self = .refused
        case .interrupted: self = .interrupted
        default: self = .failed
        }
    }
}
