import LeewayCore

/// Lets a request be worked on when there is a place for it.
struct Admission: Sendable {
    let gate: AdmissionGate
    /// How long a request may wait for a place, in seconds.
    let timeout: Double
    let seconds: @Sendable () -> Double

    /// Works on a request whose body is there already: a slow client takes no place.
    ///
    /// - Throws: `overloaded` where no place came free in time.
    @inline(__always)
    func run<R>(_ work: () async throws -> R) async throws -> R {
        guard await gate.enter(deadline: seconds() + timeout) else {
            throw LeewayError(
                .overloaded, "The server has more to do than it can.", hint: "Ask again in a second, or ask less often."
            )
        }
        defer { gate.leave() }
        return try await work()
    }
}
