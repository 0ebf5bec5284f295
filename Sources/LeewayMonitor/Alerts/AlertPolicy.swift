package import LeewayCore

/// Decides of each check of one model whether people are told: once for an alarm, and once when it is over.
///
/// - An alarm is told when it begins. While it lasts it is told again only for causes that no notice has named: another column.
/// - Within the cooldown after a notice a new alarm waits, unless it has a cause that the notices of the cooldown did not name;
///   it is told as soon as the cooldown is over, if it still lasts. So there is at most one notice in a cooldown, one more for
///   each new cause, and for each one a recovery.
/// - A recovery is told at once, of an alarm that was told. No evidence ends no alarm, nor does a check that failed.
/// - Failing checks are an alarm of their own, with a cooldown of its own; whatever check succeeds ends it.
/// - Another version starts afresh: the same drift against another reference is news.
/// - A clock that steps back ends the cooldown: rather a notice too many than silence.
package struct AlertPolicy: Sendable, Equatable {
    /// How long after a notice no other of its kind is sent.
    package let cooldown: Duration
    /// What must be kept from one check to the next.
    package private(set) var state: State

    /// What is known of a model's alarms.
    package struct State: Sendable, Equatable, Codable {
        var drift = Alarm()
        var failure = Alarm()

        /// Nothing is wrong, and nothing was told.
        package init() {}
    }

    package init(cooldown: Duration, state: State = State()) { (self.cooldown, self.state) = (cooldown, state) }

    /// Takes the outcome of a check of a version, and says what people are told.
    package mutating func handle(_ sighting: CheckSighting, version: Int, at time: Timestamp) -> [AlertNotice] {
        var notices: [AlertNotice?] = []
        if case .failed(let code) = sighting {
            // What fails is the check, whichever version it is of.
            notices.append(state.failure.raise(.failure, [code], version: 0, at: time, cooldown: cooldown))
            return notices.compactMap(\.self)
        }
        notices.append(state.failure.end(.failure))
        switch sighting {
        case .drift(let causes):
            notices.append(state.drift.raise(.drift, causes, version: version, at: time, cooldown: cooldown))
        case .noDrift: notices.append(state.drift.end(.drift))
        case .noEvidence, .failed: break
        }
        return notices.compactMap(\.self)
    }
}
