/// What calls for a retraining; of several at once, the first of these.
package enum RetrainTrigger: String, Sendable, Codable, CaseIterable {
    /// A person.
    case manual
    /// The labels say that the model is wrong more often than it was.
    case realisedDrop = "realised_drop"
    /// What comes in is not what training saw.
    case drift
    /// Calibrated probabilities say that the model must be worse than it was.
    case estimatedDrop = "estimated_drop"
    /// So many labels came.
    case labels
    /// The clock.
    case schedule
}
