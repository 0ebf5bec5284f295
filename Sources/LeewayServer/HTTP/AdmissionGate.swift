import Synchronization

/// Lets so many requests be worked on at once, and so many wait; what comes beyond is turned away at once.
final class AdmissionGate: Sendable {
    private struct Waiter {
        let continuation: CheckedContinuation<Bool, Never>
        /// Seconds of the monotonic clock after which it waits no longer.
        let deadline: Double
    }

    private struct State {
        var active = 0
        /// Waiters in the order of their arrival, from `first` on.
        var waiters: [Waiter] = []
        var first = 0
        var turnedAway = 0
    }

    private let limit: Int
    private let queueLimit: Int
    private let state = Mutex(State())

    init(limit: Int, queue queueLimit: Int) { (self.limit, self.queueLimit) = (limit, queueLimit) }

    /// How many requests are worked on, how many wait, and how many found no place so far.
    var load: (active: Int, waiting: Int, turnedAway: Int) {
        state.withLock { ($0.active, $0.waiters.count - $0.first, $0.turnedAway) }
    }

    /// Takes a place, at once or after a wait; false where there is none.
    func enter(deadline: @autoclosure () -> Double) async -> Bool {
        let isIn = state.withLock { state -> Bool? in
            if state.active < limit {
                state.active += 1
                return true
            }
            guard state.waiters.count - state.first >= queueLimit else { return nil }
            state.turnedAway += 1
            return false
        }
        if let isIn { return isIn }
        let deadline = deadline()
        return await withCheckedContinuation { continuation in
            let isIn = state.withLock { state -> Bool? in
                // A place may have come free between the two looks.
                if state.active < limit {
                    state.active += 1
                    return true
                }
                guard state.waiters.count - state.first < queueLimit else {
                    state.turnedAway += 1
                    return false
                }
                state.waiters.append(Waiter(continuation: continuation, deadline: deadline))
                return nil
            }
            if let isIn { continuation.resume(returning: isIn) }
        }
    }

    /// Gives a place back, to whoever waits longest.
    func leave() {
        let next = state.withLock { state -> Waiter? in
            guard state.first < state.waiters.count else {
                state.active -= 1
                return nil
            }
            let next = state.waiters[state.first]
            state.first += 1
            if state.first == state.waiters.count { (state.waiters, state.first) = ([], 0) }
            return next
        }
        next?.continuation.resume(returning: true)
    }

    /// Turns away those that have waited too long; to be called every now and then.
    func expire(now: Double) {
        let late = state.withLock { state -> [Waiter] in
            let waiting = state.waiters[state.first...]
            let late = waiting.filter { $0.deadline < now }
            guard !late.isEmpty else { return [] }
            (state.waiters, state.first) = (waiting.filter { $0.deadline >= now }, 0)
            state.turnedAway += late.count
            return late
        }
        for waiter in late { waiter.continuation.resume(returning: false) }
    }
}
