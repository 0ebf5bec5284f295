extension ChiSquareDistribution {
    /// A confidence interval for the noncentrality λ behind a chi-square statistic x: all λ under which x lies in the
    /// middle `level` of the noncentral distribution.
    ///
    /// `lower` is the λ with a share of (1 − level)/2 above x, or 0 where the central distribution has that much there;
    /// `upper` the λ with the same share below x, or 0 likewise. λ/n is the interval of an effect such as φ² = χ²/n.
    ///
    /// - Parameters:
    ///   - statistic: x ≥ 0, finite.
    ///   - level: the confidence, between 0 and 1, both excluded.
    /// - Returns: both ends; (0, 0) for a statistic of 0.
    /// - Accuracy: relative 1e-9, or an absolute 1e-9 · ν where λ is small beside ν.
    /// - Source: inversion of scipy 1.17 `scipy.stats.ncx2.sf` and `.cdf` in `nc`; Smithson, "Confidence Intervals" (2003).
    /// - Complexity: constant; some 10 to 20 µs.
    package func noncentralityInterval(statistic: Double, level: Double) -> (lower: Double, upper: Double) {
        precondition(statistic >= 0 && statistic.isFinite, "A chi-square statistic is at least 0 and finite.")
        precondition(level > 0 && level < 1, "A level lies between 0 and 1.")
        let tail = (1 - level) / 2
        return (
            noncentrality(statistic: statistic, upperTail: tail), noncentrality(statistic: statistic, lowerTail: tail)
        )
    }

    /// The λ ≥ 0 under which a share of `probability` lies above the statistic; 0 where that is so at no λ.
    func noncentrality(statistic: Double, upperTail probability: Double) -> Double {
        guard upperTail(statistic) < probability else { return 0 }
        return noncentrality(statistic: statistic, deviate: -NormalDistribution.quantile(probability))
    }

    /// The λ ≥ 0 under which a share of `probability` lies at or below the statistic; 0 where that is so at no λ.
    func noncentrality(statistic: Double, lowerTail probability: Double) -> Double {
        guard cumulative(statistic) > probability else { return 0 }
        return noncentrality(statistic: statistic, deviate: NormalDistribution.quantile(probability))
    }

    /// Newton's method in r = √(λ + ν/2), in which the normal deviate of the statistic is nearly a straight line.
    private func noncentrality(statistic: Double, deviate: Double) -> Double {
        let half = degreesOfFreedom / 2
        var (least, most) = (half.squareRoot(), Double.infinity)
        var r = Swift.max((Swift.max(statistic - half, 0)).squareRoot() - deviate, least * 1.01)
        for _ in 0..<200 {
            let tail = NoncentralChiSquareDistribution(
                degreesOfFreedom: degreesOfFreedom, noncentrality: Swift.max(r * r - half, 0)
            ).tail(at: statistic)
            let z = NormalDistribution.quantile(Swift.min(tail.share, 1)) * (tail.isUpper ? -1 : 1)
            // Larger λ pushes the statistic to the left: z falls as r rises.
            if z > deviate { least = r } else { most = r }
            let fall = tail.slope * 2 * r / NormalDistribution.density(at: z)
            var next = r + (z - deviate) / fall
            if !(next > least && next < most) {
                next = most < .infinity ? least + (most - least) / 2 : 2 * r
            } else if abs(next - r) <= 1e-7 * r {
                // The method squares the relative error of each step.
                return Swift.max(next * next - half, 0)
            }
            if next == r || next == least || next == most { return Swift.max(next * next - half, 0) }
            r = next
        }
        return Swift.max(r * r - half, 0)
    }
}
