/// A small, fast generator whose numbers depend on a seed and a stream alone: xoshiro256**.
///
/// Streams of one seed are independent, so that work split over threads draws the same numbers as work in one.
///
/// - Source: Blackman & Vigna, ACM TOMS 47 (2021); the state is filled by SplitMix64, as they advise.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Starts a stream of a seed; the same two numbers give the same draws on every machine.
    package init(seed: UInt64, stream: UInt64 = 0) {
        // The stream is mixed before it meets the seed: (1, 2) and (2, 1) are different places.
        var mixer = seed ^ Self.mix(stream &* Self.golden &+ Self.golden)
        func next() -> UInt64 {
            mixer &+= Self.golden
            return Self.mix(mixer)
        }
        state = (next(), next(), next(), next())
    }

    /// Starts from a state of the published algorithm, at least one word of which is not 0.
    package init(state: (UInt64, UInt64, UInt64, UInt64)) {
        precondition(state != (0, 0, 0, 0), "A state of zeros never leaves zero.")
        self.state = state
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 << 45 | state.3 >> 19
        return result
    }

    /// A number of 0 ..< bound, each as likely as the other.
    ///
    /// - Source: Lemire, ACM TOMACS 29 (2019): a multiplication, a rejection only where it would bias.
    package mutating func next(below bound: Int) -> Int {
        precondition(bound > 0, "A bound must be above 0.")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let biased = (0 &- bound) % bound
            while product.low < biased { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// SplitMix64's output function.
    private static func mix(_ bits: UInt64) -> UInt64 {
        var bits = bits
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
