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
    /// The last alarm, if there was one.
    var alarm: StandingAlarm?
    /// The detector's own state.
    var detector: [UInt8] = []

    private struct Head: Codable {
        let lastID: String
        let alarm: StandingAlarm?

        enum CodingKeys: String, CodingKey {
            case lastID = "last_id"
            case alarm
        }
    }

    private static let startID = "00000000-0000-0000-0000-000000000000"

    /// Nothing was looked at yet.
    init() {}

    /// Reads what `encoded` made; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: 0x0A),
            let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[..<end])),
            head.lastID == Self.startID || UUIDv7(head.lastID) != nil
        else { return nil }
        (lastID, alarm, detector) = (head.lastID, head.alarm, Array(bytes[(end + 1)...]))
    }

    func encoded() throws(LeewayError) -> [UInt8] {
        try AlertDesk.encode(Head(lastID: lastID, alarm: alarm)) + [0x0A] + detector
    }

    /// When the last row or label came that was looked at; nil at the start.
    var lastTime: Timestamp? { UUIDv7(lastID)?.time }
}
