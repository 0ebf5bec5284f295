package import LeewayCore

/// Something that people shall be told of a model.
package struct AlertNotice: Sendable, Equatable {
    /// What it is about; the words of `on:` in the configuration.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case drift
        /// An alarm that people were told of is over.
        case recovery
        /// Checks fail.
        case failure
        /// What became of a retraining, or why there was none.
        case retraining
    }

    package let kind: Kind
    /// Of a recovery, what is over: drift or failure; else the kind itself.
    package let subject: Kind
    /// What drifted, or why checks fail, sorted; of a recovery, what the last notice named.
    package let causes: [String]
    /// Those that no notice of this alarm has named before, sorted.
    package let newCauses: [String]
    /// When the alarm began.
    package let since: Timestamp
    /// The checks that raised the alarm and were not told of, since the last notice.
    package let heldBackCount: Int

    package init(
        _ kind: Kind, of subject: Kind? = nil, causes: [String], newCauses: [String], since: Timestamp,
        heldBackCount: Int
    ) {
        (self.kind, self.subject) = (kind, subject ?? kind)
        (self.causes, self.newCauses, self.since, self.heldBackCount) = (causes, newCauses, since, heldBackCount)
    }
}
