import LeewayCore

/// Ids that strictly ascend, whatever the clock does, and that no other process takes.
///
/// A new millisecond takes 74 new random bits. In the same one, or an earlier one when the clock was set back, the last
/// id grows by a random step, which carries into the millisecond.
struct IDSequence: Sendable {
    /// How far apart two ids are at least, so that some fit between them: segments take their names there.
    static let gap: UInt64 = 16
    private static let lowMask: UInt64 = 0x3FFF_FFFF_FFFF_FFFF

    private var milliseconds: UInt64 = 0
    private var high: UInt64 = 0
    private var low: UInt64 = gap
    private var generator: (UInt64, UInt64, UInt64, UInt64)

    /// Seeds the generator with 256 bits of `random`, which is not asked again.
    init(random: () -> UInt64) {
        // A source that gives the same value each time must not seed a generator that gives only zeros.
        generator = (random() | 1, random(), random() ^ 0x9E37_79B9_7F4A_7C15, random())
        for _ in 0..<16 { _ = bits() }
    }

    /// Goes on after an id.
    init(startingAt last: UUIDv7) {
        self.init(random: { last.low })
        milliseconds = last.high >> 16
        high = last.high & 0x0FFF
        low = last.low & Self.lowMask
    }

    /// An id after all before it.
    mutating func next(at now: Timestamp) -> UUIDv7 {
        let current = UInt64(max(0, now.milliseconds))
        if current > milliseconds {
            milliseconds = current
            high = bits() & 0x0FFF
            low = bits() & Self.lowMask
        } else {
            low += bits() >> 32 + Self.gap
            if low > Self.lowMask {
                low &= Self.lowMask
                high += 1
                if high > 0x0FFF {
                    high = 0
                    milliseconds += 1
                }
            }
        }
        low |= Self.gap
        return UUIDv7(high: milliseconds << 16 | high, low: low)
    }

    /// A name between `id` and the id before it: `place` counts down from `id`, and is below `gap`.
    static func name(before id: UUIDv7, place: UInt64 = 0) -> Segment.Name {
        Segment.Name(UUIDv7(high: id.high, low: id.low - 1 - place))
    }

    /// - Source: Blackman and Vigna, xoshiro256**, `http://prng.di.unimi.it/xoshiro256starstar.c`.
    private mutating func bits() -> UInt64 {
        let scrambled = generator.1 &* 5
        let result = (scrambled << 7 | scrambled >> 57) &* 9
        let shifted = generator.1 << 17
        generator.2 ^= generator.0
        generator.3 ^= generator.1
        generator.1 ^= generator.2
        generator.0 ^= generator.3
        generator.2 ^= shifted
        generator.3 = generator.3 << 45 | generator.3 >> 19
        return result
    }
}
