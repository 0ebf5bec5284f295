import Testing

@testable import LeewayMonitor

@Suite struct NullIntegralTests {
    @Test func `one stretch is one half-normal variable`() {
        var integral = NullIntegral()
        integral.add(0.3, 2)
        let (mean, deviation) = integral.moments(0.01)
        #expect(isClose(mean, 2 * (0.21 * 0.01 * 2 / .pi).squareRoot(), 1e-14))
        #expect(isClose(deviation, 2 * (0.21 * 0.01 * (1 - 2 / .pi)).squareRoot(), 1e-14))
    }

    // Oracle: scipy 1.17.1, dblquad of |x|·|y| times multivariate_normal.pdf, the bridge at .3, .5 and .9.
    @Test func `stretches go together as a bridge does`() {
        var integral = NullIntegral()
        for (share, width) in [(0.3, 2.0), (0.5, 1.0), (0.9, 4.0)] { integral.add(share, width) }
        let (mean, deviation) = integral.moments(1)
        #expect(isClose(mean, 2.0876770325080165, 1e-12))
        #expect(isClose(deviation, 1.0610794617072887, 1e-9))
    }

    @Test func `nothing is nothing`() {
        #expect(NullIntegral().moments(1) == (0, 0))
        var integral = NullIntegral()
        integral.add(0, 3)
        integral.add(1, 5)
        #expect(integral.moments(1) == (0, 0))
    }
}
