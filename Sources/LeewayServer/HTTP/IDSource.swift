import LeewayCore
import Synchronization

/// Random numbers for names that nobody has to guess against: of requests and of spans of a trace.
///
/// - Source: SplitMix64 (Steele, Lea and Flood 2014), begun at a random place; no two of a process are equal.
final class IDSource: Sendable {
    private let state: Atomic<UInt64>

    init(seed: UInt64) { state = Atomic(seed) }

    /// The next 64 bits, for any thread.
    func next() -> UInt64 {
        var bits = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
