package import LeewayLearn

/// What one test found: how unlikely it is that nothing moved, and how far it moved.
package struct DriftResult: Sendable, Equatable, Codable {
    /// The test.
    package let method: DriftMethod
    /// The test's own statistic, as its literature and scipy give it.
    package let statistic: Double
    /// How likely a statistic at least as large is where nothing moved; nil where no distribution of it is known.
    package let pValue: Double?
    /// How far the window is from the reference, in the method's own unit; 0 where they are alike.
    package let distance: Double
    /// The distance that two samples of these sizes are expected to have where nothing moved.
    package let noise: Double
    /// Where the true distance lies, with a confidence of 95 %; its lower end is 0 where nothing speaks against it.
    package let interval: ConfidenceInterval

    package init(
        method: DriftMethod, statistic: Double, pValue: Double?, distance: Double, noise: Double,
        interval: ConfidenceInterval
    ) {
        (self.method, self.statistic, self.pValue) = (method, statistic, pValue)
        (self.distance, self.noise, self.interval) = (distance, noise, interval)
    }

    /// The distance beyond what chance alone gives; never below 0.
    ///
    /// Distances that grow as the shift does add to the noise in squares; the population stability index grows as its square;
    /// a cross-fitted AUC and an error beyond the reference's own are not raised by chance.
    package var excess: Double {
        switch method {
        case .populationStabilityIndex: max(0, distance - noise)
        case .domainClassifier, .reconstructionError: distance
        default: max(0, distance * distance - noise * noise).squareRoot()
        }
    }
}
