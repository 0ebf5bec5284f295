import GRDB
import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct RegistryFeedbackTests {
    private let folder: TemporaryFolder
    private let registry: Registry

    init() throws {
        folder = try TemporaryFolder()
        registry = try Registry(path: folder / "registry.sqlite")
    }

    private static func id(_ number: UInt64) -> UUIDv7 {
        UUIDv7(Timestamp(milliseconds: 1_795_435_200_000), random: (0xABC, number))
    }

    private static func entry(
        _ number: UInt64, _ label: String, at time: Int64 = 0
    ) -> (id: UUIDv7, label: String, time: Timestamp) {
        (id(number), label, Timestamp(milliseconds: time))
    }

    @Test func `recorded, then a duplicate, then corrected`() throws {
        #expect(
            try registry.recordFeedback([Self.entry(1, "yes", at: 5), Self.entry(2, "no", at: 6)]) == [
                .recorded, .recorded,
            ])
        #expect(
            try registry.recordFeedback([Self.entry(1, "yes", at: 7), Self.entry(2, "yes", at: 8)]) == [
                .duplicate, .corrected,
            ])
        #expect(
            try registry.feedback(for: [Self.id(1), Self.id(2), Self.id(3)]) == [
                Self.id(1): .init(label: "yes", time: Timestamp(milliseconds: 5)),
                Self.id(2): .init(label: "yes", time: Timestamp(milliseconds: 8)),
            ])
        #expect(try registry.feedbackCount() == 2)
    }

    @Test func `an id that comes again in one call`() throws {
        let entries = ["a", "a", "b", "b", "a"].map { Self.entry(1, $0) } + [Self.entry(2, "c")]
        #expect(
            try registry.recordFeedback(entries) == [
                .recorded, .duplicate, .corrected, .duplicate, .corrected, .recorded,
            ])
        #expect(try registry.feedback(for: [Self.id(1), Self.id(1)]).mapValues(\.label) == [Self.id(1): "a"])
    }

    @Test func `nothing to record, nothing to look for`() throws {
        #expect(try registry.recordFeedback([]) == [])
        #expect(try registry.feedback(for: []) == [:])
        #expect(try registry.feedbackCount() == 0)
    }

    @Test func `any text is a label, compared by its bytes`() throws {
        let labels = ["", "'; DROP TABLE feedback; --", ">50K", "\u{E9}", "e\u{301}", "A", "a", "1", "1.0"]
        for label in labels { _ = try registry.recordFeedback([Self.entry(1, label)]) }
        #expect(try registry.feedback(for: [Self.id(1)])[Self.id(1)]?.label == "1.0")
        _ = try registry.recordFeedback([Self.entry(1, "\u{E9}")])
        #expect(try registry.recordFeedback([Self.entry(1, "e\u{301}")]) == [.corrected])
        #expect(try registry.recordFeedback([Self.entry(1, "E\u{301}")]) == [.corrected])
    }

    @Test func `ids are 16 bytes, the highest first`() throws {
        let id = try #require(UUIDv7("019ab3c0-1234-7abc-89ab-0123456789ab"))
        _ = try registry.recordFeedback([(id, "yes", Timestamp(milliseconds: 1))])
        let digits = try DatabaseQueue(path: folder / "registry.sqlite").read {
            try String.fetchOne($0, sql: "SELECT hex(id) FROM feedback")
        }
        #expect(digits == "019AB3C012347ABC89AB0123456789AB")
    }

    @Test func `ten thousand at once, seen by another connection`() throws {
        let entries = (0..<10_000).map { Self.entry($0, $0.isMultiple(of: 2) ? "yes" : "no") }
        #expect(try Set(registry.recordFeedback(entries)) == [.recorded])
        let other = try Registry(path: folder / "registry.sqlite")
        #expect(try other.feedbackCount() == 10_000)
        let found = try other.feedback(for: entries.map(\.id))
        #expect(entries.allSatisfy { found[$0.id]?.label == $0.label })
    }

    @Test func `many writers at once lose nothing`() async throws {
        let path = folder / "registry.sqlite"
        let outcomes = try await withThrowingTaskGroup(of: [FeedbackOutcome].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let registry = try Registry(path: path)
                    return try (0..<20).flatMap { try registry.recordFeedback([Self.entry($0, "yes")]) }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(outcomes.count { $0 == .recorded } == 20 && outcomes.count { $0 == .duplicate } == 60)
        #expect(try registry.feedbackCount() == 20)
    }
}
