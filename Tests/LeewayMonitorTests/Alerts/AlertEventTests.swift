import LeewayCore
import Testing

@testable import LeewayMonitor

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct AlertEventTests {
    private static let begin = Timestamp(milliseconds: 1_795_435_200_000)
    private static let check = AlertEvent.Check(
        model: "churn", version: 3, rows: 2000,
        window: .init(from: Timestamp(milliseconds: 1_795_348_800_000), to: begin))

    private static func event(
        _ kind: AlertNotice.Kind, of subject: AlertNotice.Kind? = nil, _ causes: [String], new: [String] = [],
        minutes: Int64 = 0, heldBack: Int = 0, check: AlertEvent.Check = check
    ) -> AlertEvent {
        AlertEvent(
            AlertNotice(kind, of: subject, causes: causes, newCauses: new, since: begin, heldBackCount: heldBack),
            of: check, id: "0193", at: Timestamp(milliseconds: begin.milliseconds + minutes * 60_000))
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test func `is the JSON that is documented, and comes back`() throws {
        let event = Self.event(.drift, ["age", "hours"], new: ["hours"], heldBack: 2)
        let text = try Self.json(event)
        #expect(
            text
                == #"{"causes":["age","hours"],"held_back":2,"id":"0193","kind":"drift","model":"churn","new_causes":["hours"],"#
                + #""rows":2000,"schema":"leeway.alert/1","since":"2026-11-23T12:00:00.000Z","subject":"drift","#
                + #""summary":"churn version 3: drift in age, hours; new: hours.","time":"2026-11-23T12:00:00.000Z","#
                + #""version":3,"window":{"from":"2026-11-22T12:00:00.000Z","to":"2026-11-23T12:00:00.000Z"}}"#)
        #expect(try JSONDecoder().decode(AlertEvent.self, from: Data(text.utf8)) == event)
        let bare = Self.event(.failure, ["registry_failed"], check: .init(model: "churn", version: 3))
        #expect(try Self.json(bare).contains(#""rows":null"#) && Self.json(bare).contains(#""window":null"#))
        #expect(try JSONDecoder().decode(AlertEvent.self, from: Data(Self.json(bare).utf8)) == bare)
    }

    private static let summaries: [(AlertEvent, String)] = [
        (event(.drift, ["age"], new: ["age"]), "churn version 3: drift in age."),
        (event(.drift, []), "churn version 3: drift."),
        (
            event(.drift, (1...12).map { "c\($0)" }, new: []),
            "churn version 3: drift in c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 and 2 more."
        ),
        (event(.failure, ["registry_failed"]), "churn version 3: the check failed: registry_failed."),
        (event(.recovery, of: .failure, ["x"], minutes: 59), "churn version 3: checks work again, after 59 min."),
        (event(.recovery, of: .drift, ["x"], minutes: 125), "churn version 3: no more drift, after 2 h 5 min."),
        (event(.recovery, of: .drift, ["x"], minutes: 2900), "churn version 3: no more drift, after 2 d 0 h."),
        (event(.recovery, of: .drift, ["x"], minutes: -5), "churn version 3: no more drift, after 0 min."),
    ]

    @Test(arguments: summaries)
    func `says it in a sentence`(event: AlertEvent, summary: String) { #expect(event.summary == summary) }

    @Test func `speaks to Slack, where no name of a column mentions anybody`() throws {
        let event = Self.event(.drift, ["<!channel>", "R&D"], new: ["<!channel>", "R&D"], heldBack: 3)
        let safe = "churn version 3: drift in &lt;!channel&gt;, R&amp;D."
        #expect(
            try Self.json(SlackMessage(event))
                == #"{"blocks":[{"text":{"text":":warning: Drift: churn","type":"plain_text"},"type":"header"},"#
                + #"{"text":{"text":"\#(safe)","type":"mrkdwn"},"type":"section"},"#
                + #"{"elements":[{"text":"since 2026-11-23T12:00:00.000Z · 2000 rows · "#
                + #"window 2026-11-22T12:00:00.000Z to 2026-11-23T12:00:00.000Z · 3 more checks held back","type":"mrkdwn"}],"#
                + #""type":"context"}],"text":"\#(safe)"}"#)
    }

    @Test func `keeps to Slack's limits`() throws {
        let long = String(repeating: "<", count: 4000)
        let event = Self.event(.drift, [long], new: [long], check: .init(model: long, version: 1))
        let message = SlackMessage(event)
        #expect(message.text.count <= 3000 && message.text.hasSuffix("…"))
        #expect(message.blocks[0].text?.text.count == 150)
    }

    private static let headers: [(AlertEvent, String)] = [
        (event(.failure, ["x"]), ":x: Check failed: churn"),
        (event(.recovery, of: .drift, ["x"]), ":white_check_mark: Drift is over: churn"),
        (event(.recovery, of: .failure, ["x"]), ":white_check_mark: Checks work again: churn"),
    ]

    @Test(arguments: headers)
    func `each kind has its header`(event: AlertEvent, header: String) {
        #expect(SlackMessage(event).blocks[0].text?.text == header)
    }
}
