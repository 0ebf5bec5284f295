package import LeewayCore
package import LeewayMonitor
package import LeewayStore

/// What a retraining came to.
package struct RetrainOutcome: Sendable {
    /// Its number in the registry.
    package let id: Int
    package let champion: ModelVersion
    /// The version that it made.
    package let challenger: ModelVersion
    package let state: Retraining.State
    package let data: RetrainingDataReport
    /// nil where the policy asks for no gate.
    package let gate: GateReport?
    /// A sentence.
    package let reason: String
}
