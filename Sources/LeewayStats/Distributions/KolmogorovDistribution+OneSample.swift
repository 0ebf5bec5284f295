#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension KolmogorovDistribution {
    /// P(D ≥ d) for the two-sided statistic of one sample of `count` values against a continuous distribution.
    ///
    /// - Parameters:
    ///   - count: n ≥ 1.
    ///   - statistic: d; 1 is returned for d ≤ 1/(2n), 0 for d ≥ 1.
    /// - Returns: the p-value, as scipy gives it to a relative 5e-9 (for n ≤ 1e6; beyond, scipy approximates the tail, we do not).
    /// - Accuracy: exact (relative 1e-11) up to n = 140, and above wherever nd² ≥ 2.2 or nd^1.5 ≤ 1.4 with n ≤ 2,000; else
    ///   the Pelz-Good expansion, which has 5 digits at n = 141 and 9 from n = 10,000 on.
    /// - Source: Simard & L'Ecuyer, Journal of Statistical Software 39(11), 2011, with their regions; scipy 1.17
    ///   `scipy.stats.kstwo.sf`.
    /// - Complexity: below 0.3 ms, but up to 1 ms for n of 1,000 to 2,000 and p above 0.9.
    package static func oneSampleUpperTail(count: Int, statistic: Double) -> Double {
        precondition(count > 0, "A sample has at least one value.")
        let n = Double(count)
        let t = n * statistic
        guard t > 0.5 else { return 1 }
        guard statistic < 1 else { return 0 }
        let square = t * statistic
        if t <= 1 {
            // Ruben & Gambino: n! · (2d − 1/n)^n.
            return 1 - exp(n * (log(2 * t - 1) - 1) + SaddlePoint.stirlingError(n)) * (2 * Double.pi * n).squareRoot()
        }
        if statistic >= 0.5 || square > (count <= 140 ? 4 : 2.2) {
            // Both sides are hardly ever left together: twice the one-sided tail.
            return square > 380 && count > 140 ? 0 : Swift.min(2 * oneSided(count: count, statistic: statistic), 1)
        }
        if count <= 140 || (count <= 2_000 && t * statistic.squareRoot() <= 1.4) {
            return 1 - durbin(count: count, statistic: statistic)
        }
        return 1 - pelzGood(count: n, z: square.squareRoot())
    }

    /// P(D⁺ ≥ d) = d · Σ C(n, j) · (d + j/n)^(j−1) · (1 − d − j/n)^(n−j), 0 ≤ j ≤ n(1 − d), the one-sided tail.
    ///
    /// The terms are a smooth function of j that dies off at both ends, so that for large n every so-manieth, times the
    /// step, gives their sum (the trapezoidal rule).
    private static func oneSided(count: Int, statistic: Double) -> Double {
        let n = Double(count)
        let shift = n * statistic
        let step = Swift.max((n / 1_024).rounded(.down), 1)
        let errorOfAll = SaddlePoint.stirlingError(n)
        // j = 0.
        var sum = step == 1 ? exp(n * log1p(-statistic)) / statistic : 0
        var j = step
        while j < n - shift {
            let rest = n - j
            // j successes where j + shift are expected; what is lost of them is what the failures gain.
            let log =
                j * SaddlePoint.logOnePlus(lessLinear: shift / j) + rest
                * SaddlePoint.logOnePlus(lessLinear: -shift / rest)
                + errorOfAll - SaddlePoint.stirlingError(j) - SaddlePoint.stirlingError(rest)
            sum += step * exp(log) * (n / (2 * Double.pi * j * rest)).squareRoot() * n / (j + shift)
            j += step
        }
        return statistic * sum
    }

    /// P(D ≤ d) by Durbin's matrix: n!/nⁿ times the middle entry of Hⁿ, of 2k − 1 rows with k = ⌈nd⌉.
    ///
    /// Where Marsaglia, Tsang & Wang (2003) take powers of the matrix we take one row through n products: exact, O(n · k²).
    private static func durbin(count: Int, statistic: Double) -> Double {
        let n = Double(count)
        let k = Int((n * statistic).rounded(.up))
        let h = Double(k) - n * statistic
        let size = 2 * k - 1
        // 1/j!, and the same for the first column and the last row, where the path may not start or end early.
        var inverse = [1.0]
        for j in 1...size { inverse.append(inverse[j - 1] / Double(j)) }
        let edge = (1...size).map { inverse[$0] * (1 - pow(h, Double($0))) }
        let corner = inverse[size] * (1 - 2 * pow(h, Double(size)) + pow(Swift.max(2 * h - 1, 0), Double(size)))
        var row = [Double](repeating: 0, count: size)
        row[k - 1] = 1
        // n!/nⁿ = √(2πn) · exp(δ(n)) / eⁿ; one e to each product keeps the row from overflow.
        let scale = exp(-1.0)
        for _ in 0..<count {
            var next = [Double](repeating: 0, count: size)
            var first = row[size - 1] * corner
            for i in 0..<(size - 1) { first += row[i] * edge[i] }
            next[0] = first * scale
            for j in 1..<Swift.max(size, 1) {
                var sum = row[size - 1] * edge[size - 1 - j]
                for i in (j - 1)..<(size - 1) { sum += row[i] * inverse[i - j + 1] }
                next[j] = sum * scale
            }
            row = next
        }
        return Swift.min(row[k - 1] * (2 * Double.pi * n).squareRoot() * exp(SaddlePoint.stirlingError(n)), 1)
    }

    /// P(√n · D ≤ z) by the expansion in powers of 1/√n up to the third.
    ///
    /// - Source: Pelz & Good, Journal of the Royal Statistical Society B 38 (1976), as written by Simard & L'Ecuyer.
    private static func pelzGood(count n: Double, z: Double) -> Double {
        let z2 = z * z
        let z4 = z2 * z2
        let z6 = z4 * z2
        let z8 = z4 * z4
        let exponent = -Double.pi * Double.pi / (2 * z2)
        var (zeroth, first, second, third) = (0.0, 0.0, 0.0, 0.0)
        // Sums over k and −k at once: half-integers here, whole numbers below.
        for k in 0..<Int(3 * z + 4) {
            let half = Double(k) + 0.5
            let u = Double.pi * Double.pi * half * half
            let weight = 2 * exp(exponent * half * half)
            zeroth += weight
            first += weight * (u - z2)
            second += weight * (6 * z6 + 2 * z4 + u * (2 * z4 - 5 * z2) + u * u * (1 - 2 * z2))
            third +=
                weight
                * (u * u * u * (5 - 30 * z2) + u * u * (212 * z4 - 60 * z2) + u * (135 * z4 - 96 * z6) - 30 * z6 - 90
                    * z8)
        }
        var (secondWhole, thirdWhole) = (0.0, 0.0)
        for k in 1..<Int(3 * z + 5) {
            let u = Double.pi * Double.pi * Double(k * k)
            let weight = 2 * exp(exponent * Double(k * k))
            secondWhole += weight * u
            thirdWhole += weight * u * (3 * z2 - u)
        }
        let root = (Double.pi / 2).squareRoot()
        let sum =
            zeroth / z + first / (6 * z4 * n.squareRoot())
            + (second / (72 * z6 * z) - secondWhole / (36 * z2 * z)) / n
            + (third / (6_480 * z8 * z2) + thirdWhole / (216 * z6)) / (n * n.squareRoot())
        return Swift.min(Swift.max(root * sum, 0), 1)
    }
}
