import Synchronization

/// How much memory the bodies of all requests may take together.
final class BodyBudget: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    /// Takes room for a body; false where there is too little.
    func take(_ bytes: Int) -> Bool {
        guard used.wrappingAdd(bytes, ordering: .relaxed).newValue <= limit else {
            give(back: bytes)
            return false
        }
        return true
    }

    func give(back bytes: Int) { used.wrappingSubtract(bytes, ordering: .relaxed) }
}
