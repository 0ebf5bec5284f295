import Synchronization

/// How much memory the bodies of all requests may take together: what has arrived of them, not what was announced.
final class BodyBudget: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)
    private let refusals = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    /// How often there was too little room.
    var turnedAway: Int { refusals.load(ordering: .relaxed) }

    /// Takes room for bytes; false where there is too little.
    func take(_ bytes: Int) -> Bool {
        guard used.wrappingAdd(bytes, ordering: .relaxed).newValue <= limit else {
            give(back: bytes)
            refusals.wrappingAdd(1, ordering: .relaxed)
            return false
        }
        return true
    }

    func give(back bytes: Int) { used.wrappingSubtract(bytes, ordering: .relaxed) }
}
