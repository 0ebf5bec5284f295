import LeewayCore
package import LeewayMonitor
import LeewayStore

/// All that is known of a retraining, as the registry keeps it.
package struct RetrainingDocument: Sendable, Equatable, Codable {
    /// Why it failed.
    package struct Failure: Sendable, Equatable, Codable {
        package let code: String
        package let message: String
        package let hint: String?

        init(_ error: LeewayError) { (code, message, hint) = (error.code.description, error.message, error.hint) }
    }

    /// What it learned from.
    package var data: RetrainingDataReport?
    /// How the challenger stood the gate; nil without one.
    package var gate: GateReport?
    package var failure: Failure?
    /// How it is tried on requests; nil where it is not.
    package var trial: Trial?

    /// How a challenger is tried on requests.
    package struct Trial: Sendable, Equatable, Codable {
        /// The share of requests that it answers; 0 for a shadow.
        package let share: Double
        /// Evidence of 1 / level decides.
        package let level: Double
    }

    package init() {}

    /// Reads what the registry keeps; nil for anything else.
    package init?(_ bytes: [UInt8]?) {
        guard let bytes, let read = try? ArtifactCoding.decode(Self.self, from: bytes, name: "") else { return nil }
        self = read
    }
}
