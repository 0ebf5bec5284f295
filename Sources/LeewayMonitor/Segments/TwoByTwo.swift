import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The rows of both sides inside and outside of something.
package struct TwoByTwo: Sendable {
    package let windowInside: Int
    package let referenceInside: Int
    package let windowOutside: Int
    package let referenceOutside: Int

    package init(windowInside: Int, referenceInside: Int, windowOutside: Int, referenceOutside: Int) {
        (self.windowInside, self.referenceInside) = (windowInside, referenceInside)
        (self.windowOutside, self.referenceOutside) = (windowOutside, referenceOutside)
    }

    /// Counts rows; those from `referenceCount` on are the window's.
    init(_ rows: [Int], referenceCount: Int, isInside: (_ place: Int) -> Bool) {
        var counts = (0, 0, 0, 0)
        for (place, row) in rows.enumerated() {
            switch (row < referenceCount, isInside(place)) {
            case (false, true): counts.0 += 1
            case (true, true): counts.1 += 1
            case (false, false): counts.2 += 1
            case (true, false): counts.3 += 1
            }
        }
        self.init(
            windowInside: counts.0, referenceInside: counts.1, windowOutside: counts.2, referenceOutside: counts.3)
    }

    /// The rows inside.
    package var inside: Int { windowInside + referenceInside }
    /// The rows outside.
    package var outside: Int { windowOutside + referenceOutside }

    /// Twice the log likelihood that one share of window rows inside and another outside gain: 2 Σ o · ln(o / e); never below 0.
    package var gain: Double {
        let (a, b) = (Double(windowInside), Double(referenceInside))
        let (c, d) = (Double(windowOutside), Double(referenceOutside))
        let total = a + b + c + d
        func term(_ observed: Double, _ row: Double, _ column: Double) -> Double {
            observed > 0 ? observed * log(observed / row * (total / column)) : 0
        }
        let sum = term(a, a + b, a + c) + term(b, a + b, b + d) + term(c, c + d, a + c) + term(d, c + d, b + d)
        return max(0, 2 * sum)
    }

    /// Fisher's exact test, two-sided by twice the smaller tail.
    package var pValue: Double {
        let rows = HypergeometricDistribution(
            total: inside + outside, marked: inside, draws: windowInside + windowOutside)
        return min(1, 2 * min(rows.lowerTail(to: windowInside), rows.upperTail(from: windowInside)))
    }

    /// The share inside of the window's rows over that of the reference's; counts of 0 as ½.
    package var shareRatio: Double {
        func share(_ inside: Int, _ outside: Int) -> Double { (Double(inside) + 0.5) / Double(inside + outside + 1) }
        return share(windowInside, windowOutside) / share(referenceInside, referenceOutside)
    }

    /// ln P(χ² > statistic), where the tail itself is too small for a number too.
    package static func logUpperTail(_ statistic: Double, degreesOfFreedom: Double) -> Double {
        let tail = ChiSquareDistribution(degreesOfFreedom: degreesOfFreedom).upperTail(statistic)
        guard tail < 1e-280 else { return log(tail) }
        // The first term of the asymptotic series: x is hundreds of times ν.
        let (a, x) = (degreesOfFreedom / 2, statistic / 2)
        return (a - 1) * log(x) - x - logGamma(a)
    }

    private static func logGamma(_ x: Double) -> Double {
        #if canImport(Glibc)
            var sign: Int32 = 0
            return lgamma_r(x, &sign)
        #else
            return lgamma(x)
        #endif
    }
}
