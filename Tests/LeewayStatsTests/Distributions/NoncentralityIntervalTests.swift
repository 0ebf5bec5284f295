import LeewayStats
import Testing

@Suite struct NoncentralityIntervalTests {
    // Oracle: scipy 1.17.1, brentq(lambda nc: ncx2.sf(x, df, nc) - tail, …, xtol=1e-13, rtol=1e-14) and likewise .cdf.
    @Test(arguments: [
        (1, 3.5, 0.95, 0.0, 14.674971763413339),
        (1, 10, 0.95, 1.4452960254915326, 26.237359466785346),
        (1, 0.001, 0.95, 0.0, 0.018093643251120367),
        (2, 50, 0.9, 28.566864659596597, 74.8558077826939),
        (5, 3, 0.95, 0.0, 7.555596890159879),
        (5, 30, 0.99, 5.557167420345372, 60.00274965158746),
        (12, 12, 0.5, 0.0, 4.767313807761786),
        (40, 75, 0.95, 11.027414998300507, 69.33476943698105),
        (100, 310, 0.95, 151.7661158020679, 278.27824507799346),
        (340, 600, 0.95, 183.90266517826038, 346.52820148278136),
        (1000, 1100, 0.95, 9.612797109660521, 201.6497295269812),
        (1000, 3000, 0.95, 1809.0186896828754, 2201.042798876809),
        (10, 10000.0, 0.95, 9602.937300848076, 10386.74646969507),
        (1000, 100000.0, 0.95, 97768.35591567842, 100241.33651161141),
        (3, 1000000.0, 0.999, 993427.7773969977, 1006589.8777418974),
    ])
    func `matches an inversion of scipy's tails`(
        degrees: Double, statistic: Double, level: Double, lower: Double, upper: Double
    ) {
        let interval = ChiSquareDistribution(degreesOfFreedom: degrees)
            .noncentralityInterval(statistic: statistic, level: level)
        #expect(relativeError(interval.lower, lower) < 1e-9)
        #expect(relativeError(interval.upper, upper) < 1e-9)
    }

    @Test func `each end leaves its share of the tail`() {
        for degrees in [0.5, 1, 7, 60, 1_000, 1e5] {
            for excess in [0.1, 1, 2, 5, 40] {
                for level in [0.5, 0.95, 0.999] {
                    let statistic = degrees + excess * (2 * degrees).squareRoot()
                    let tail = (1 - level) / 2
                    let interval = ChiSquareDistribution(degreesOfFreedom: degrees)
                        .noncentralityInterval(statistic: statistic, level: level)
                    let atUpper = NoncentralChiSquareDistribution(
                        degreesOfFreedom: degrees, noncentrality: interval.upper)
                    #expect(interval.upper == 0 || relativeError(atUpper.cumulative(statistic), tail) < 1e-9)
                    let atLower = NoncentralChiSquareDistribution(
                        degreesOfFreedom: degrees, noncentrality: interval.lower)
                    #expect(interval.lower == 0 || relativeError(atLower.upperTail(statistic), tail) < 1e-9)
                    #expect(interval.lower <= interval.upper)
                }
            }
        }
    }

    @Test func `a statistic too small for its degrees of freedom leaves only 0`() {
        let distribution = ChiSquareDistribution(degreesOfFreedom: 100)
        #expect(distribution.noncentralityInterval(statistic: 0, level: 0.95) == (0, 0))
        #expect(distribution.noncentralityInterval(statistic: 60, level: 0.95) == (0, 0))
        let quiet = distribution.noncentralityInterval(statistic: 100, level: 0.95)
        #expect(quiet.lower == 0 && quiet.upper > 0)
    }

    @Test func `counts of any size have an interval`() {
        // For λ ≫ ν the root of the statistic is normal with mean √λ and sd 1.
        let interval = ChiSquareDistribution(degreesOfFreedom: 5).noncentralityInterval(statistic: 1e15, level: 0.95)
        #expect(relativeError(interval.lower.squareRoot(), 1e15.squareRoot() - 1.959963984540054) < 1e-13)
        #expect(relativeError(interval.upper.squareRoot(), 1e15.squareRoot() + 1.959963984540054) < 1e-13)
    }
}
