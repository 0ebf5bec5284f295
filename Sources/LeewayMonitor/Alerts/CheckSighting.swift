/// What a check of a model came to, as far as alarms go.
package enum CheckSighting: Sendable, Equatable {
    /// Drift was found; `causes` names what drifted: columns, the prediction, the performance.
    case drift(causes: Set<String>)
    case noDrift
    /// Too little was seen to say either: an alarm that is on stays on.
    case noEvidence
    /// The check itself failed, for this reason, which is a code and no data.
    case failed(code: String)
}
