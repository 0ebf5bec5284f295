/// When a model is trained again; with no argument, what is so where the user wrote nothing.
package struct RetrainRules: Sendable, Equatable {
    /// So many checks of the last 2n − 1 must have found drift; nil: drift calls for nothing.
    package var driftChecks: Int? = 2
    /// Whether labels that say so call for a retraining.
    package var onRealisedDrop = true
    /// Whether an estimate without labels calls for one.
    package var onEstimatedDrop = true
    /// So many new labels call for one; nil: none do.
    package var labels: Int?
    /// nil: the clock calls for nothing.
    package var schedule: CronSchedule?
    /// How long after a retraining none begins but by hand.
    package var cooldown = Duration.seconds(3600)
    /// The fewest rows answered since the last retraining.
    package var minimumRows = 0
    /// The fewest labels since the last retraining, unless the source has changed.
    package var minimumLabels = 200
    /// The fewest labels since the last retraining as a share of the rows that the champion was trained on, unless the source has
    /// changed: fewer can hardly move the model.
    package var minimumGrowth = 0.1
    /// The most retrainings in 24 hours, those by hand included.
    package var perDay = 4

    package init() {}
}
