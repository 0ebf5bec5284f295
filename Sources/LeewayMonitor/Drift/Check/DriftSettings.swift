/// When a column has drifted, and when a data set has.
package struct DriftSettings: Sendable, Equatable, Codable {
    /// Which rules hold.
    package enum Policy: String, Sendable, Codable, CaseIterable {
        /// Significant after correction, and beyond the effect floor.
        case standard
        /// The published pipeline's, to the letter: Kolmogorov-Smirnov on each numeric feature, p < .05, no correction, no
        /// floor; any such column is drift of the data set.
        case classic
    }

    /// When the data set has drifted.
    package enum DatasetRule: Sendable, Equatable, Codable {
        /// As soon as any column has.
        case any
        /// When columns with so much of the importance have, from above 0 to 1; of equal importance where none is known.
        case share(Double)
        /// When so many columns have.
        case count(Int)
    }

    package var policy = Policy.standard
    /// The chance of a false alarm that is accepted in a quiet window.
    package var level = 0.05
    package var correction = Correction.holm
    /// The smallest shift that matters, in standard deviations of a normal column (`ShiftScale`).
    package var effectFloor = 0.1
    package var datasetRule = DatasetRule.any
    /// The test that decides for a numeric column: of those that hold their level it finds most (`docs/drift.md`).
    package var numericTest = DriftMethod.andersonDarling
    /// The test that decides for a column of categories.
    package var categoricalTest = DriftMethod.combined
    /// What else is told of a numeric column.
    package var numericExtras: [DriftMethod] = [.wasserstein, .populationStabilityIndex, .jensenShannon]
    /// What else is told of a column of categories.
    package var categoricalExtras: [DriftMethod] = [.populationStabilityIndex, .jensenShannon]
    /// The groups of about equal reference shares in which numbers are binned for tests of bins.
    package var bins = 10
    /// The fewest rows with a value, of either side, that a column is judged by: with fewer, p-values of columns of many
    /// ties or categories are too small.
    package var minimumRows = 10

    /// The defaults.
    package init() {}

    /// The published pipeline's rule.
    package static var classic: DriftSettings {
        var settings = DriftSettings()
        (settings.policy, settings.correction, settings.effectFloor) = (.classic, .none, 0)
        settings.minimumRows = 2
        (settings.numericTest, settings.numericExtras, settings.categoricalExtras) = (.kolmogorovSmirnov, [], [])
        return settings
    }
}
