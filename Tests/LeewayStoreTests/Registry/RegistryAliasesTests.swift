import GRDB
import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct RegistryAliasesTests {
    private let folder: TemporaryFolder
    private let registry: Registry
    private var path: String { folder / "registry.sqlite" }
    private static let time = Timestamp(milliseconds: 1_795_435_200_000)

    init() throws {
        folder = try TemporaryFolder()
        registry = try Registry(path: folder / "registry.sqlite")
        for run in 1...3 { _ = try registry.register(Self.manifest("r\(run)"), actor: "ann") }
    }

    private static func manifest(_ run: String, of model: String = "credit") -> RunManifest {
        RunManifest(
            runID: run, model: model, leewayVersion: "0.1.0", startedAt: "2026-11-23T12:00:00.000Z",
            finishedAt: "2026-11-23T12:00:01.000Z", contentHash: "hash of \(run)", stages: [], artifacts: [])
    }

    private func move(_ alias: String, to number: Int, of model: String = "credit") throws -> Registry.AliasMove {
        try registry.moveAlias(alias, of: model, to: number, actor: "bob", reason: "better", at: Self.time)
    }

    /// The rows of the table of events, as a stranger reads them.
    private func events() throws -> [String] {
        try DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM event ORDER BY id").map { row in
                row.databaseValues.dropFirst().map { "\($0)" }.joined(separator: "|")
            }
        }
    }

    @Test func `an alias moves, and the event says who, when, why, from where and to where`() throws {
        #expect(try move("champion", to: 3) == .init(model: "credit", alias: "champion", from: 1, to: 3, isMoved: true))
        #expect(try registry.versions().map(\.aliases) == [["champion"], [], []])
        #expect(
            try events().last
                == "\"2026-11-23T12:00:00.000Z\"|\"credit\"|\"alias_moved\"|\"champion\"|1|3|\"bob\"|\"better\"|NULL")
    }

    @Test func `a new alias comes from nowhere`() throws {
        #expect(try move("shadow-1.b_2", to: 2).from == nil)
        #expect(
            try registry.aliases() == [
                .init(model: "credit", alias: "champion", number: 1),
                .init(model: "credit", alias: "shadow-1.b_2", number: 2),
            ])
        #expect(try events().last?.contains("|NULL|2|") == true)
    }

    @Test func `to where it is already nothing is written, and it says so`() throws {
        let before = (try events(), try registry.dataVersion())
        #expect(
            try move("champion", to: 1) == .init(model: "credit", alias: "champion", from: 1, to: 1, isMoved: false))
        #expect(try events() == before.0)
        #expect(try registry.dataVersion() == before.1)
    }

    @Test func `a version that is not there`() throws {
        let before = try events()
        let noNumber = LeewayError(
            .unknownVersion, "Model 'credit' has no version 4.", hint: "There are: 3, 2, 1.")
        #expect(throws: noNumber) { try move("champion", to: 4) }
        let noModel = LeewayError(.unknownVersion, "There is no model 'debit'.", hint: "There are: credit.")
        #expect(throws: noModel) { try move("champion", to: 1, of: "debit") }
        let empty = try Registry(path: folder / "empty.sqlite")
        let none = LeewayError(.unknownVersion, "There is no model 'credit'.", hint: "Train one with 'leeway run'.")
        #expect(throws: none) {
            try empty.moveAlias("champion", of: "credit", to: 1, actor: "", reason: "", at: Self.time)
        }
        #expect(try events() == before)
        #expect(try registry.aliases().map(\.number) == [1])
    }

    @Test(arguments: ["", "1", "0042", "a b", "a/b", "é", "a\n", "'", String(repeating: "a", count: 101)])
    func `a name that is none`(alias: String) {
        let expected = LeewayError(
            .invalidSetting, "An alias must be 1 to 100 letters, digits, '-', '_' or '.', and no plain number.")
        #expect(throws: expected) { try move(alias, to: 1) }
    }

    @Test(arguments: ["a", "v1", "1.0", "1-", String(repeating: "a", count: 100)])
    func `a name that is one`(alias: String) throws { #expect(try move(alias, to: 1).isMoved) }

    @Test func `each model has aliases of its own`() throws {
        _ = try registry.register(Self.manifest("d1", of: "debit"), actor: "ann")
        _ = try move("champion", to: 2)
        #expect(
            try registry.aliases() == [
                .init(model: "credit", alias: "champion", number: 2),
                .init(model: "debit", alias: "champion", number: 1),
            ])
    }

    @Test func `the data version changes with versions, aliases and tokens, whoever wrote them`() throws {
        let other = try Registry(path: path)
        var seen = [try registry.dataVersion()]
        _ = try other.register(Self.manifest("r4"), actor: "ann")
        seen.append(try registry.dataVersion())
        _ = try other.moveAlias("champion", of: "credit", to: 4, actor: "", reason: "", at: Self.time)
        seen.append(try registry.dataVersion())
        _ = try move("champion", to: 1)
        seen.append(try registry.dataVersion())
        _ = try other.createToken(name: "a", scopes: [.read], expires: nil, at: Self.time)
        seen.append(try registry.dataVersion())
        _ = try other.revokeToken("a", at: Self.time)
        seen.append(try registry.dataVersion())
        #expect(Set(seen).count == 6)
        _ = try registry.recordFeedback([(UUIDv7(Self.time, random: (1, 2)), "yes", Self.time)])
        #expect(try registry.dataVersion() == seen.last)
        #expect(try other.dataVersion() == seen.last)
    }

    @Test func `of many moves at once each has an event that follows on the one before`() async throws {
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let registry = try Registry(path: path)
                    for step in 0..<10 {
                        _ = try registry.moveAlias(
                            "champion", of: "credit", to: 1 + (writer + step) % 3, actor: "w\(writer)", reason: "",
                            at: Self.time)
                    }
                }
            }
            try await group.waitForAll()
        }
        let steps = try await DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: "SELECT from_number, to_number FROM event WHERE kind = 'alias_moved' ORDER BY id")
                .map { ($0[0] as Int?, $0[1] as Int) }
        }
        for (before, after) in zip(steps, steps.dropFirst()) { #expect(before.1 == after.0) }
        #expect(try registry.aliases().map(\.number) == [steps.last?.1])
    }
}
