import LeewayStats
import Testing

@Suite struct StudentDistributionTests {
    // Oracle: scipy 1.17.1, scipy.stats.t.sf(t, nu).
    @Test(arguments: [
        (0.1, 3, 0.3738470769863422), (1, 1, 0.25), (1, 1e10, 3.183098861837907e-11),
        (2.5, 0.3, 0.39367118574759863), (5, 2.571, 0.0249873173419257), (18, 12, 2.523255551281827e-10),
        (30.7, -1.5, 0.9280853692482872), (99, 1e-8, 0.4999999960206386), (150, 6, 7.0946045066233564e-09),
        (10_008, 2.2, 0.013914834053168334), (1e7, 5, 2.866564037504268e-07),
    ])
    func `tails are those of scipy`(freedom: Double, t: Double, tail: Double) {
        #expect(relativeError(StudentDistribution(degreesOfFreedom: freedom).upperTail(t), tail) < 1e-10)
    }

    // Oracle: scipy 1.17.1, scipy.stats.t.isf(p, nu).
    @Test(arguments: [
        (1, 0.025, 12.706204736174705), (2.5, 0.3, 0.597307738252318), (5, 0.025, 2.5705818356363155),
        (18, 1e-10, 12.705880035472047), (30.7, 0.975, -2.040321537812142), (10_008, 0.025, 1.96020105021552),
        (1e7, 1e-12, 7.03449270352616), (3, 0.49, 0.027211467049117997),
    ])
    func `quantiles are those of scipy`(freedom: Double, probability: Double, t: Double) {
        let quantile = StudentDistribution(degreesOfFreedom: freedom).quantile(upperTail: probability)
        #expect(relativeError(quantile, t) < 1e-9)
    }

    @Test func `the ends are where they belong`() {
        let student = StudentDistribution(degreesOfFreedom: 4)
        #expect(student.upperTail(.infinity) == 0 && student.upperTail(-.infinity) == 1 && student.upperTail(0) == 0.5)
        #expect(student.upperTail(.greatestFiniteMagnitude) == 0)
        #expect(student.quantile(upperTail: 0) == .infinity && student.quantile(upperTail: 1) == -.infinity)
        #expect(student.quantile(upperTail: 0.5) == 0)
    }
}
