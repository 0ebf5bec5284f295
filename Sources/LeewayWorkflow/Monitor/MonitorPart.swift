package import LeewayCore

/// What one part of a look came to.
package enum MonitorPart<Found: Sendable>: Sendable {
    case found(Found)
    /// There was nothing to look at, or nothing to look with: why, in a sentence.
    case leftOut(String)
    case failed(LeewayError)

    /// What was found, where something was looked at.
    package var found: Found? { if case .found(let found) = self { found } else { nil } }

    /// Why it failed; nil where it did not.
    package var failure: LeewayError? { if case .failed(let error) = self { error } else { nil } }
}
