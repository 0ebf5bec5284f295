import LeewayCore
import Synchronization

/// How many labels each client may send in a minute: one that floods the server, or lies, must not drown the others.
///
/// A client is a token; those without one are one client together.
final class LabelBudget: Sendable {
    private static let length = 60.0
    /// So many clients are remembered at most.
    private static let mostClients = 10_000

    private let limit: Int
    private let seconds: @Sendable () -> Double
    private let state = Mutex<(start: Double, taken: [String: Int])>((0, [:]))

    init(limit: Int, seconds: @escaping @Sendable () -> Double) { (self.limit, self.seconds) = (limit, seconds) }

    /// Takes room for labels, all of them or none.
    ///
    /// - Throws: `overloaded` where the client has none left this minute.
    func take(_ count: Int, by client: String?) throws(LeewayError) {
        let (now, client) = (seconds(), client ?? "")
        let isFine = state.withLock { state in
            if now - state.start >= Self.length || state.taken.count >= Self.mostClients { state = (now, [:]) }
            guard state.taken[client, default: 0] + count <= limit else { return false }
            state.taken[client, default: 0] += count
            return true
        }
        guard isFine else {
            throw LeewayError(
                .overloaded, "This client has sent \(limit) labels within a minute, as many as it may.",
                hint: "Send the rest in a minute, or raise serving.limits.labels_per_minute.")
        }
    }
}
