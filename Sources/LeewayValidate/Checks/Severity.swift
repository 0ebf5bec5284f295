/// What a failed check means for the run.
package enum Severity: String, Sendable, Codable, CaseIterable {
    /// The run stops, and no version is made.
    case error
    /// The run goes on, and the report says so.
    case warn
}
