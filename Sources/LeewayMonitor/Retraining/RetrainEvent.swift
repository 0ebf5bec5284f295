/// What the policy of retraining is told.
package enum RetrainEvent: Sendable, Equatable {
    /// A check of the champion came to an end.
    case check(Check)
    /// Somebody asks for a retraining, for a reason.
    case request(String)
    /// Nothing but that time has passed.
    case tick

    /// What a check found.
    package struct Check: Sendable, Equatable {
        /// The version that was checked: the checks of another one say nothing of it.
        package var version: Int
        /// nil: too little was seen to say.
        package var isDrift: Bool?
        package var isRealisedDrop: Bool
        package var isEstimatedDrop: Bool
        /// What drifted.
        package var causes: [String]

        package init(
            version: Int = 1, isDrift: Bool?, isRealisedDrop: Bool = false, isEstimatedDrop: Bool = false,
            causes: [String] = []
        ) {
            (self.version, self.isDrift, self.causes) = (version, isDrift, causes)
            (self.isRealisedDrop, self.isEstimatedDrop) = (isRealisedDrop, isEstimatedDrop)
        }
    }
}

/// What there is to train on, when the policy is asked.
package struct RetrainMaterial: Sendable, Equatable {
    /// Rows answered so far, of every version.
    package var rows: Int
    /// Labels so far, of every version.
    package var labels: Int
    /// The rows that the champion was trained on.
    package var trainedRows: Int
    /// Whether the source is not what the last training read.
    package var isSourceChanged: Bool

    package init(rows: Int, labels: Int, trainedRows: Int = 0, isSourceChanged: Bool) {
        (self.rows, self.labels, self.trainedRows) = (rows, labels, trainedRows)
        self.isSourceChanged = isSourceChanged
    }
}
