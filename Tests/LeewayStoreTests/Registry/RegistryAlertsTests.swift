import GRDB
import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct RegistryAlertsTests {
    private let folder: TemporaryFolder
    private let registry: Registry

    init() throws {
        folder = try TemporaryFolder()
        registry = try Registry(path: folder / "registry.sqlite")
    }

    private static func time(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_795_435_200_000 + seconds * 1000)
    }

    private func add(_ names: [String], at seconds: Int64 = 0, model: String = "m") throws {
        try registry.addAlerts(
            names.map { ("sink", $0) }, of: model, state: ("alerts", Array(names.joined().utf8)), at: Self.time(seconds)
        )
    }

    private func due(at seconds: Int64) throws -> [String] {
        try registry.dueAlerts(at: Self.time(seconds), longest: .seconds(3600)).map(\.payload)
    }

    private func id(of name: String) throws -> Int64 {
        let all = try registry.dueAlerts(at: Self.time(1 << 30), longest: .seconds(3600))
        return try #require(all.first { $0.payload == name }).id
    }

    @Test func `what is added is due at once, in order, and its state is kept with it`() throws {
        try add(["a", "b"])
        try add(["c"], at: -50, model: "other")
        let alerts = try registry.dueAlerts(at: Self.time(0), longest: .seconds(3600))
        #expect(alerts.map(\.payload) == ["a", "b", "c"])
        #expect(
            alerts.map(\.model) == ["m", "m", "other"] && alerts.allSatisfy { $0.sink == "sink" && $0.attempts == 0 })
        #expect(try registry.monitorState(model: "m", name: "alerts") == Array("ab".utf8))
        try add([], at: 5)
        #expect(try registry.monitorState(model: "m", name: "alerts") == [])
        #expect(try registry.dueAlerts(at: Self.time(0), longest: .seconds(3600), limit: 2).count == 2)
    }

    @Test func `what failed waits for its time`() throws {
        try add(["a", "b"])
        try registry.postponeAlert(try id(of: "a"), until: Self.time(60))
        #expect(try due(at: 59) == ["b"])
        #expect(try due(at: 60) == ["a", "b"])
        #expect(try registry.dueAlerts(at: Self.time(60), longest: .seconds(3600)).map(\.attempts) == [1, 0])
    }

    @Test func `a clock that steps back makes none wait for longer than the longest`() throws {
        try add(["a"])
        try registry.postponeAlert(try id(of: "a"), until: Self.time(86_400))
        #expect(try due(at: 86_400 - 3600) == [])
        #expect(try due(at: 86_400 - 3601) == ["a"])
    }

    @Test(arguments: [Registry.AlertEnd.delivered, .dropped])
    func `what is done with comes no more`(end: Registry.AlertEnd) throws {
        try add(["a", "b"])
        let id = try id(of: "a")
        try registry.endAlert(id, end)
        try registry.postponeAlert(id, until: Self.time(60))
        #expect(try due(at: 100) == ["b"])
        #expect(try registry.waitingAlertCount() == 1)
    }

    @Test func `of those that are done with the newest stay, and all that wait`() throws {
        try add((0..<10).map { "\($0)" })
        for name in ["0", "1", "3", "5", "7"] { try registry.endAlert(try id(of: name), .delivered) }
        try registry.removeEndedAlerts(keeping: 2)
        #expect(try payloads() == ["2", "4", "5", "6", "7", "8", "9"])
        try registry.removeEndedAlerts(keeping: 0)
        #expect(try payloads() == ["2", "4", "6", "8", "9"])
        try registry.removeEndedAlerts(keeping: 0)
        #expect(try due(at: 0) == ["2", "4", "6", "8", "9"])
    }

    private func payloads() throws -> [String] {
        try DatabaseQueue(path: folder / "registry.sqlite").read { db in
            try String.fetchAll(db, sql: "SELECT payload FROM alert ORDER BY id")
        }
    }
}
