/// What a challenger must show before it takes the champion's place; with no argument, what is so where the user wrote nothing.
package struct GateRules: Sendable, Equatable {
    /// What it must be better in.
    package var metric = GateMetric.logLoss
    /// By how much it may be worse on the old test rows; nil: `GateMetric.usualTolerance`.
    package var tolerance: Double?
    /// The chance with which a challenger that is no better passes on the newest window.
    package var level = 0.05
    /// The lowest AUC that it may have on the newest window.
    package var floor = 0.5
    /// The columns whose categories are looked at one by one; nil: every categorical feature.
    package var sliceColumns: [String]?
    /// Categories with fewer rows are not looked at.
    package var sliceRows = 50
    /// By how much it may be worse in a category; nil: twice the tolerance on the old test rows.
    package var sliceTolerance: Double?
    /// By how much its expected calibration error may be larger.
    package var calibrationTolerance = 0.02
    /// By how much it may take longer for a row, as a share of the champion's time.
    package var latencyTolerance = 0.5

    package init() {}

    /// The tolerance on the old test rows.
    package var ownTolerance: Double { tolerance ?? metric.usualTolerance }
    /// The tolerance in a category.
    package var ownSliceTolerance: Double { sliceTolerance ?? 2 * ownTolerance }
}
