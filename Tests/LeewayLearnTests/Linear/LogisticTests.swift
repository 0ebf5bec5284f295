import LeewayStats
import Testing

@testable import LeewayLearn

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct LogisticTests {
    @Test func `probability, complement and loss are right to four units in the last place`() {
        var generator = SeededGenerator(seed: 3)
        for round in 0..<20_000 {
            let size = [1e-12, 1e-3, 1, 10, 40, 700][round % 6]
            let z = Double.random(in: -size...size, using: &generator)
            let logistic = Logistic(Lanes(repeating: z))
            // Extended precision where the machine has it.
            #if arch(x86_64) && !os(Windows)
                let decay = expl(Float80(-abs(z)))
                let (tail, body) = (decay / (1 + decay), 1 / (1 + decay))
                let expected = z < 0 ? (tail, body, log1pl(decay)) : (body, tail, log1pl(decay))
            #else
                let decay = exp(-abs(z))
                let (tail, body) = (decay / (1 + decay), 1 / (1 + decay))
                let expected = z < 0 ? (tail, body, log1p(decay)) : (body, tail, log1p(decay))
            #endif
            func isNear(_ a: Double, _ b: some BinaryFloatingPoint) -> Bool {
                abs(Double(a) - Double(b)) <= 4 * Double(b).ulp
            }
            #expect(isNear(logistic.probability[0], expected.0), "\(z)")
            #expect(isNear(logistic.complement[7], expected.1), "\(z)")
            #expect(isNear(logistic.softening[3], expected.2), "\(z)")
        }
    }

    @Test func `extreme scores give probabilities`() {
        for z in [0, -0.0, 708, 1e4, .greatestFiniteMagnitude, .infinity] {
            let up = Logistic(Lanes(repeating: z))
            let down = Logistic(Lanes(repeating: -z))
            #expect(up.probability[0] == (z == 0 ? 0.5 : 1))
            #expect(down.probability[0] == (z == 0 ? 0.5 : down.probability[0]))
            #expect(down.probability[0] >= 0 && down.probability[0] <= 0.5)
            #expect(up.softening[0].isFinite)
        }
    }
}
