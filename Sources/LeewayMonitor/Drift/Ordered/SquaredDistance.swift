import LeewayLearn
import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A distance that is the root of an integral over squared differences, with what is needed to say how sure it is.
struct SquaredDistance: Sendable {
    /// What the square comes to where nothing moved.
    struct Null: Sendable {
        let mean: Double
        let variance: Double
    }

    /// The square of the distance.
    let square: Double
    /// The variance of the square by its influence functions.
    let variance: Double
    /// The square where nothing moved.
    let null: Null
    /// The largest distance there can be.
    let limit: Double

    /// The result: distance, noise and interval are made of the square.
    func result(_ method: DriftMethod, statistic: Double, pValue: Double) -> DriftResult {
        let distance = min(max(square, 0).squareRoot(), limit)
        let center = square - null.mean
        let reach = Self.deviate * (variance + null.variance).squareRoot()
        // The root's own deviation hardly depends on the distance: upwards it is the root that is moved by it.
        let curve = square > 0 ? Self.deviate * Self.deviate * variance / (4 * square) : 0
        // What could as well be chance speaks for nothing.
        let lower = pValue >= 0.05 ? 0 : max(center - reach, 0).squareRoot()
        let upper = max(center + reach + curve, 0).squareRoot()
        return DriftResult(
            method: method, statistic: statistic, pValue: pValue, distance: distance,
            noise: min(Self.meanRoot(null), limit),
            interval: ConfidenceInterval(lower: min(lower, distance), upper: min(max(upper, distance), limit)))
    }

    /// The mean of the root of a gamma variable with this mean and variance.
    private static func meanRoot(_ null: Null) -> Double {
        guard null.mean > 0, null.variance > 0 else { return 0 }
        let shape = null.mean * null.mean / null.variance
        return exp(lgamma(shape + 0.5) - lgamma(shape)) * (null.variance / null.mean).squareRoot()
    }

    /// 95 % of a normal distribution lie within this many standard deviations.
    static let deviate = 1.959_963_984_540_054
}
