/// What the policy says, and why.
package struct RetrainDecision: Sendable, Equatable, Codable {
    /// What is to be done.
    package enum Action: String, Sendable, Codable {
        case retrain
        /// Something calls for it, and something else is against it for now.
        case wait
        /// Something calls for it, and there is nothing new to learn from.
        case cannotHelp = "cannot_help"
        /// Nothing calls for it.
        case nothing
    }

    /// What is against it.
    package enum Obstacle: String, Sendable, Codable {
        case cooldown
        case budget
        case tooFewRows = "too_few_rows"
        case tooFewLabels = "too_few_labels"
        /// Another challenger is not decided on yet.
        case trial
    }

    package let action: Action
    /// What calls for it; nil where nothing does.
    package let trigger: RetrainTrigger?
    /// nil unless it waits.
    package let obstacle: Obstacle?
    /// A sentence: what was seen, and what follows.
    package let reason: String

    package init(_ action: Action, _ trigger: RetrainTrigger?, _ obstacle: Obstacle? = nil, reason: String) {
        (self.action, self.trigger, self.obstacle, self.reason) = (action, trigger, obstacle, reason)
    }

    /// Whether two decisions are the same but for their numbers: then one of them tells nothing new.
    package func isLike(_ other: RetrainDecision) -> Bool {
        (action, obstacle) == (other.action, other.obstacle) && trigger == other.trigger
    }
}
