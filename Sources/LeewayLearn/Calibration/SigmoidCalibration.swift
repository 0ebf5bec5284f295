#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A smooth map from score to probability: p = 1 / (1 + e^-z) with z = c + a · ln s − b · ln(1 − s).
///
/// With a = b it is Platt's sigmoid of the score's log-odds, else beta calibration; a = b = 1, c = 0 changes nothing.
///
/// - Edge cases: scores count as 1e-6 … 1 − 1e-6.
/// - Source: Platt, Advances in Large Margin Classifiers (1999); Kull, Silva Filho & Flach, AISTATS 2017.
package struct SigmoidCalibration: Sendable, Equatable, Codable {
    /// c.
    package let intercept: Double
    /// a, at least 0.
    package let slope: Double
    /// b, at least 0.
    package let complementSlope: Double

    private enum CodingKeys: String, CodingKey {
        case intercept
        case slope
        case complementSlope = "complement_slope"
    }

    /// Takes the parameters.
    package init(intercept: Double, slope: Double, complementSlope: Double) {
        (self.intercept, self.slope, self.complementSlope) = (intercept, slope, complementSlope)
    }

    /// The smallest score that counts as itself; the largest is 1 less it.
    static let clip = 1e-6

    /// The logarithms that z is made of: ln s and −ln(1 − s).
    static func logarithms(of score: Double) -> (score: Double, complement: Double) {
        let score = min(max(score, clip), 1 - clip)
        return (log(score), -log1p(-score))
    }

    /// The calibrated probability, which never falls as the score rises.
    package func probability(of score: Double) -> Double {
        let logarithms = Self.logarithms(of: score)
        let z = intercept + slope * logarithms.score + complementSlope * logarithms.complement
        return 1 / (1 + exp(-z))
    }
}
