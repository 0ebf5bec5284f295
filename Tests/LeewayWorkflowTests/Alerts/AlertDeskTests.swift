import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct AlertDeskTests {
    private static let check = AlertEvent.Check(model: "churn", version: 3, rows: 200)

    @Test func `puts an event into the outbox for each who wants it, and remembers`() throws {
        let project = try AlertProject()
        let (hook, log) = (try AlertProject.webhook(kinds: ["drift"]), AlertConfiguration.Sink(.log))
        let desk = project.desk(AlertProject.configuration(hook, log))
        let events = try desk.take(.drift(causes: ["age"]), of: Self.check)
        #expect(events.map(\.summary) == ["churn version 3: drift in age."])
        #expect(UUIDv7(events[0].id)?.time == project.now)
        #expect(try desk.take(.drift(causes: ["age"]), of: Self.check) == [])
        project.move(seconds: 60)
        // Another process goes on where this one ended.
        let next = project.desk(AlertProject.configuration(hook, log))
        #expect(
            try next.take(.noDrift, of: Self.check).map(\.summary) == ["churn version 3: no more drift, after 1 min."])
        let waiting = try project.registry.dueAlerts(at: project.now, longest: .seconds(60))
        #expect(waiting.map(\.sink) == [hook.key, "log", "log"])
        #expect(waiting[0].payload == waiting[1].payload)
        #expect(waiting.allSatisfy { $0.model == "churn" && !$0.payload.contains("\n") })
    }

    @Test func `models do not share their alarms`() throws {
        let project = try AlertProject()
        let desk = project.desk(AlertProject.configuration(.init(.log)))
        for model in ["a", "b"] {
            #expect(try desk.take(.drift(causes: ["x"]), of: .init(model: model, version: 1)).count == 1)
        }
    }

    @Test func `with nobody to tell nothing is kept`() throws {
        let project = try AlertProject()
        #expect(try project.desk(AlertConfiguration()).take(.drift(causes: ["age"]), of: Self.check) == [])
        #expect(try project.registry.monitorState(model: "churn", name: AlertDesk.stateName) == nil)
    }

    @Test func `a state that can't be read is forgotten`() throws {
        let project = try AlertProject()
        try project.registry.setMonitorState(
            Array("no JSON".utf8), model: "churn", name: AlertDesk.stateName, at: project.now)
        let desk = project.desk(AlertProject.configuration(.init(.log)))
        #expect(try desk.take(.drift(causes: ["age"]), of: Self.check).count == 1)
        #expect(try desk.take(.drift(causes: ["age"]), of: Self.check) == [])
    }

    @Test func `a sink's key stays, and is another for another sink`() throws {
        let sinks = [
            try AlertProject.webhook(), try AlertProject.webhook("https://hooks.example.com/SECRET", .slack),
            try AlertProject.webhook("${URL}"), .init(.command(["a", "b"])), .init(.command(["a b"])), .init(.log),
        ]
        #expect(Set(sinks.map(\.key)).count == sinks.count)
        // Oracle: CPython 3.13, hashlib.sha256(b"json\0https://hooks.example.com/SECRET").hexdigest()[:12].
        #expect(sinks[0].key == "webhook-4af64dfa898e")
    }
}
