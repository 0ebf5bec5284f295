import LeewayStats
import Testing

@Suite struct NormalDistributionTests {
    // Oracle: mpmath 1.3.0, 40 digits: exp(-z²/2) / sqrt(2π), erfc(-z / sqrt(2)) / 2, erfc(z / sqrt(2)) / 2.
    @Test(arguments: [
        (-37.5, 1.7282337322841054e-306, 4.605353009581955e-308, 1.0),
        (-20.0, 5.520948362159764e-88, 2.7536241186062337e-89, 1.0),
        (-8.0, 5.052271083536892e-15, 6.220960574271784e-16, 0.9999999999999993),
        (-3.0, 0.0044318484119380075, 0.0013498980316300946, 0.9986501019683699),
        (-1e-09, 0.3989422804014327, 0.49999999960105773, 0.5000000003989423),
        (0.0, 0.3989422804014327, 0.5, 0.5),
        (0.5, 0.35206532676429947, 0.6914624612740131, 0.3085375387259869),
        (1.96, 0.05844094433345146, 0.9750021048517795, 0.024997895148220435),
        (4.7, 6.369825178867096e-06, 0.9999986991925461, 1.300807453917281e-06),
        (12.25, 1.035743509620835e-33, 1.0, 8.399796063633417e-35),
        (30.0, 1.4736461348785476e-196, 1.0, 4.906713927148187e-198),
    ])
    func `density and tails are exact to the last places`(z: Double, density: Double, lower: Double, upper: Double) {
        #expect(relativeError(NormalDistribution.density(at: z), density) < 6e-16)
        #expect(relativeError(NormalDistribution.cumulative(z), lower) < 6e-16)
        #expect(relativeError(NormalDistribution.upperTail(z), upper) < 6e-16)
    }

    // Oracle: mpmath 1.3.0, roots of log(erfc(-z / sqrt(2)) / 2) - log(p); scipy 1.17.1 norm.ppf agrees to 3e-16.
    @Test(arguments: [
        (1e-300, -37.0470962993612), (1e-100, -21.273453560965326), (1e-20, -9.262340089798407),
        (1e-09, -5.9978070150076865), (0.0001, -3.7190164854556804), (0.025, -1.9599639845400543),
        (0.2, -0.8416212335729142), (0.26, -0.643345405392917), (0.4999999999, -2.506628482030354e-10),
        (0.5, 0.0), (0.5000000001, 2.506628482030354e-10), (0.75, 0.6744897501960817), (0.975, 1.9599639845400538),
        (0.999999, 4.753424308817087), (0.9999999999990905, 7.047700256664409),
    ])
    func `quantiles are exact to the last places`(probability: Double, z: Double) {
        #expect(relativeError(NormalDistribution.quantile(probability), z) < 6e-16)
    }

    @Test func `the ends are where they belong`() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.cumulative(-.infinity) == 0)
        #expect(NormalDistribution.cumulative(.infinity) == 1)
        #expect(NormalDistribution.upperTail(.infinity) == 0)
        #expect(NormalDistribution.density(at: -.infinity) == 0)
        // The least double above 0 still has a quantile: scipy 1.17.1, norm.ppf(5e-324) = -38.467405617144344.
        #expect(relativeError(NormalDistribution.quantile(.leastNonzeroMagnitude), -38.467405617144344) < 1e-3)
    }

    @Test func `a quantile is the inverse of the share`() {
        for step in -300...300 {
            let z = Double(step) / 8
            let tail = NormalDistribution.cumulative(-abs(z))
            #expect(relativeError(NormalDistribution.quantile(tail), -abs(z)) < 1e-15)
        }
    }
}
