import LeewayCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How far a watch came: what it remembers from one look to the next, as one value, so that it is kept as a whole or not at all.
///
/// A line of JSON, then the detector's bytes.
struct WatchState: Sendable, Equatable {
    /// The id of the last row or label that was looked at; that before all others at the start.
    var lastID = Self.startID
    /// The alarms that may still stand, the earliest first, each of other columns.
    private(set) var alarms: [StandingAlarm] = []
    /// The detector's own state.
    var detector: [UInt8] = []

    private struct Head: Codable {
        let lastID: String
        let alarms: [StandingAlarm]?

        enum CodingKeys: String, CodingKey {
            case lastID = "last_id"
            case alarms
        }
    }

    private static let mostAlarms = 64
    private static let startID = "00000000-0000-0000-0000-000000000000"

    /// Nothing was looked at yet.
    init() {}

    /// Reads what `encoded` made; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: 0x0A),
            let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[..<end])),
            head.lastID == Self.startID || UUIDv7(head.lastID) != nil
        else { return nil }
        (lastID, alarms, detector) = (head.lastID, head.alarms ?? [], Array(bytes[(end + 1)...]))
    }

    func encoded() throws(LeewayError) -> [UInt8] {
        try AlertDesk.encode(Head(lastID: lastID, alarms: alarms)) + [0x0A] + detector
    }

    /// Forgets the alarms that stand no longer.
    mutating func forget(at now: Timestamp, after window: Duration) {
        alarms.removeAll { !$0.stands(at: now, for: window) }
    }

    /// Keeps an alarm; raised again, it stands for longer, and is told as it was at first.
    mutating func raise(_ alarm: StandingAlarm) {
        if let place = alarms.firstIndex(where: { $0.columns == alarm.columns }) {
            alarms[place] = alarms[place].raised(again: alarm)
        } else {
            alarms = alarms.suffix(Self.mostAlarms - 1) + [alarm]
        }
    }

    /// What stands, as one alarm of all its columns; nil where nothing does.
    func standing(at now: Timestamp, for window: Duration) -> StandingAlarm? {
        let standing = alarms.filter { $0.stands(at: now, for: window) }
        return standing.first.map { standing.dropFirst().reduce($0) { $0.joined(with: $1) } }
    }

    /// When the last row or label came that was looked at; nil at the start.
    var lastTime: Timestamp? { UUIDv7(lastID)?.time }
}
