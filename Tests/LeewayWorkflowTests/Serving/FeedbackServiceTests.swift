import LeewayCore
import LeewayStore
import LeewayValidate
import LeewayWire
import Testing

@testable import LeewayWorkflow

@Suite struct FeedbackServiceTests {
    private let served: ServedProject

    init() async throws { served = try await ServedProject() }

    private static func body(_ items: [(id: String, label: String)]) throws(LeewayError) -> FeedbackBody {
        var text =
            #"{"feedback":["# + items.map { #"{"id":"\#($0.id)","label":"\#($0.label)"}"# }.joined(separator: ",")
            + "]}"
        let result = text.withUTF8 { bytes in
            Result { () throws(LeewayError) in try FeedbackBody(bytes, limit: 1_000) }
        }
        return try result.get()
    }

    private func take(_ session: ServingSession, _ items: [(UUIDv7, String)]) async throws -> [String] {
        try await session.feedback.take(Self.body(items.map { ("\($0)", $1) })).map(\.status.rawValue)
    }

    /// What the log of the feedback says of each prediction in the end.
    private func logged() throws -> [String: String] {
        var labels: [String: String] = [:]
        for line in try WindowRecount.lines(served.project.feedbackLog) {
            labels[try #require(line["prediction_id"] as? String)] = try #require(line["label"] as? String)
        }
        return labels
    }

    @Test func `each label has its end`() async throws {
        let session = try served.session()
        var rows = ServedRows(seed: 1)
        let ids = try await rows.ask(session, 3)
        let stranger = UUIDv7(ids[0].time, random: (5, 5))
        #expect(
            try await take(session, [(ids[0], "yes"), (stranger, "no"), (ids[1], "no")]) == [
                "recorded", "unknown", "recorded",
            ])
        #expect(try await take(session, [(ids[0], "yes"), (ids[1], "yes")]) == ["duplicate", "corrected"])
        #expect(try await take(session, [(stranger, "yes")]) == ["unknown"])
        let upper = try await session.feedback.take(
            Self.body([("\(ids[2])".uppercased(), "no"), ("no id", "no"), ("", "no")]))
        #expect(upper.map(\.status) == [.recorded, .unknown, .unknown])
        #expect(upper.map(\.id) == ["\(ids[2])".uppercased(), "no id", ""])
        #expect(session.feedback.counts == [.recorded: 3, .duplicate: 1, .corrected: 1, .unknown: 4])
        let registry = try Registry(path: served.project.registry)
        let labels = try registry.feedback(for: ids + [stranger]).mapValues(\.label)
        #expect(labels == [ids[0]: "yes", ids[1]: "yes", ids[2]: "no"])
        #expect(try logged() == ["\(ids[0])": "yes", "\(ids[1])": "yes", "\(ids[2])": "no"])
        // Four lines: what was known already is not written again.
        #expect(try WindowRecount.lines(served.project.feedbackLog).count == 4)
        try await session.close()
    }

    @Test func `a prediction may come twice in a request`() async throws {
        let session = try served.session()
        var rows = ServedRows(seed: 2)
        let ids = try await rows.ask(session, 2)
        #expect(
            try await take(session, [(ids[0], "yes"), (ids[0], "yes"), (ids[1], "no"), (ids[1], "yes")])
                == ["recorded", "duplicate", "recorded", "corrected"])
        // There and back again: the log and the registry end with the same label.
        #expect(try await take(session, [(ids[0], "no"), (ids[0], "yes")]) == ["corrected", "corrected"])
        let registry = try Registry(path: served.project.registry)
        #expect(try registry.feedback(for: ids).mapValues(\.label) == [ids[0]: "yes", ids[1]: "yes"])
        #expect(try logged() == ["\(ids[0])": "yes", "\(ids[1])": "yes"])
        #expect(try WindowRecount.lines(served.project.feedbackLog).count == 5)
        try await session.close()
    }

    @Test func `labels that are no class are told before anything is recorded`() async throws {
        let session = try served.session()
        let body = try Self.body([("a", "yes"), ("b", "maybe")])
        #expect(session.feedback.violations(body).map(\.row) == [1])
        #expect(session.feedback.violations(body).map(\.expected) == ["one of no, yes"])
        try await session.close()
    }

    @Test func `a label may come to another server than the one that answered`() async throws {
        let (one, two) = (try served.session(ServingClock(seed: 1)), try served.session(ServingClock(seed: 2)))
        var rows = ServedRows(seed: 3)
        let ids = try await rows.ask(one, 2)
        #expect(try await take(two, [(ids[0], "yes")]) == ["recorded"])
        #expect(try await take(one, [(ids[0], "yes"), (ids[1], "no")]) == ["duplicate", "recorded"])
        try await one.close()
        #expect(try await take(two, [(ids[1], "yes")]) == ["corrected"])
        try await two.close()
    }

    @Test func `no labels are no work`() async throws {
        let session = try served.session()
        #expect(try await take(session, []).isEmpty && session.feedback.counts.isEmpty)
        try await session.close()
    }
}
