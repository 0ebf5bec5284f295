#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A tail of the (noncentral) chi-square distribution as an integral along the path of steepest descent.
///
/// With ν degrees of freedom and noncentrality λ, and E(w) = λ/(2w) + xw/2 − (ν/2) · log w, the transform of the density
/// inverts to
///
///     P(X > x) = 1/(2πi) ∫ exp(E(w) − E(1)) / (1 − w) dw,
///
/// w coming from −i∞ and passing left of the pole at 1; passing right of it gives −P(X ≤ x). On w = ρ(θ) · e^iθ with
/// xρ − λ/ρ = ν · θ / sin θ the exponent is real and falls on both sides like −(θ/σ)²/2, σ² = 2/√(ν² + 4λx). So the
/// trapezoidal rule with steps of σ/2 or σ/3 is exact to the last places after 20 or 30 of them, however large ν, λ or x.
///
/// - Where: √(ν² + 4λx) ≥ 60; below, the integrand is no narrow bell.
/// - Accuracy: relative 1e-13 in the tail that is computed, plus 1e-16 times its logarithm.
/// - Source: Gil, Segura & Temme, ACM TOMS 40 (2014), for the path; Trefethen & Weideman, SIAM Review 56 (2014), for the
///   rule. Where the saddle comes near to the pole we scale the path so that it passes 3 σ away from it.
struct ChiSquareContour {
    private let degrees: Double
    private let noncentrality: Double
    private let statistic: Double
    /// √(ν² + 4λx).
    private let root: Double

    /// The least √(ν² + 4λx) that the rule is made for.
    static let leastRoot = 60.0

    /// Needs ν ≥ 0, λ ≥ 0, x > 0, all finite, and `reaches(…)`.
    init(degreesOfFreedom: Double, noncentrality: Double, statistic: Double) {
        degrees = degreesOfFreedom
        self.noncentrality = noncentrality
        self.statistic = statistic
        root = Self.root(degreesOfFreedom, noncentrality, statistic)
    }

    /// Whether the integrand is narrow enough for the rule.
    static func reaches(degreesOfFreedom: Double, noncentrality: Double, statistic: Double) -> Bool {
        root(degreesOfFreedom, noncentrality, statistic) >= leastRoot
    }

    private static func root(_ degrees: Double, _ noncentrality: Double, _ statistic: Double) -> Double {
        (degrees * degrees + 4 * noncentrality * statistic).squareRoot()
    }

    /// Both tails; the one on the far side of the mean is the exact one, the other is 1 less it.
    func tails() -> (lower: Double, upper: Double) {
        let tail = tail()
        return tail.isUpper ? (1 - tail.share, tail.share) : (tail.share, 1 - tail.share)
    }

    /// The share beyond x as seen from the mean, and the size of its derivative by λ.
    func tail() -> (isUpper: Bool, share: Double, slope: Double) {
        let isUpper = statistic >= degrees + noncentrality
        // The saddle w₀ solves xw² − νw − λ = 0; what counts is how far it is from the pole at 1.
        let saddle = (degrees + root) / (2 * statistic)
        let lead = 2 * statistic - degrees
        let distance = lead > 0 ? 2 * (degrees + noncentrality - statistic) / (lead + root) : saddle - 1
        let logOfSaddle = distance > 1 ? log(saddle) : log1p(distance)
        // log(1 + v) − v at v = 1/w₀ − 1, which is no exact number where w₀ is large.
        let deviance =
            distance > 1
            ? distance / saddle - logOfSaddle : SaddlePoint.logOnePlus(lessLinear: -distance / saddle)
        let height =
            degrees / 2 * deviance
            - noncentrality / 2 * (distance / saddle) * (distance / saddle)
        let width = (2 / root).squareRoot()
        let closest = 3 * width
        let shift = abs(logOfSaddle) >= closest ? 0 : (isUpper ? -closest : closest) - logOfSaddle

        let path = Path(
            degrees: degrees, product: 4 * noncentrality * statistic, root: root, logOfStart: logOfSaddle + shift,
            shift: shift)
        // Beside the saddle the bell of few degrees of freedom is skewed, and asks for more.
        let step = shift != 0 && root < 1_000 ? width / 3 : width / 2
        var (share, slope) = (path.start.share / 2, path.start.slope / 2)
        var angle = step
        while angle < .pi {
            let value = path.value(at: angle)
            share += value.share
            slope += value.slope
            if value.size < 1e-19 * path.start.size { break }
            angle += step
        }
        let scale = exp(height) * step / .pi
        return (isUpper, Swift.min(abs(share) * scale, 1), abs(slope) * scale)
    }
}
