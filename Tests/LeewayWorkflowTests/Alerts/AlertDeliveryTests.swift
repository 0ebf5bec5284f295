import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Synchronization
import Testing

@testable import LeewayWorkflow

@Suite struct AlertDeliveryTests {
    private typealias Report = AlertDelivery.Report

    private static let down = WebhookAnswer.failed(reason: "hooks.example.com answered 500", isLasting: false)
    private static let gone = WebhookAnswer.failed(reason: "hooks.example.com answered 404", isLasting: true)

    /// Raises the alarm for so many models.
    private static func raise(_ project: AlertProject, _ configuration: AlertConfiguration, models: Int = 1) throws {
        for number in 1...models {
            try project.desk(configuration).take(
                .drift(causes: ["age"]), of: .init(model: "m\(number)", version: 1, rows: 200))
        }
    }

    private static func report(_ outcome: Report.Outcome, _ model: String = "m1", _ sink: String = "hooks.example.com")
        -> Report
    {
        Report(sink: sink, model: model, outcome: outcome)
    }

    @Test func `is posted once`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook())
        try Self.raise(project, configuration)
        let delivery = project.delivery(configuration)
        #expect(try await delivery.run() == [Self.report(.delivered)])
        #expect(try await delivery.run() == [])
        #expect(project.posts.count == 1 && project.posts[0].contains(#""summary":"m1 version 1: drift in age.""#))
        let post = project.world.withLock { $0.posts[0] }
        #expect(post.url.target == "/SECRET" && post.timeout == .seconds(10))
    }

    @Test func `what fails in passing is tried again at once`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook())
        try Self.raise(project, configuration)
        project.answer(Self.down, Self.down, .taken)
        #expect(try await project.delivery(configuration).run() == [Self.report(.delivered)])
        #expect(project.world.withLock { $0.pauses } == [.milliseconds(500), .seconds(2)])
        #expect(project.posts.count == 3 && Set(project.posts).count == 1)
    }

    @Test func `what still fails waits for the next run, longer each time, and then is given up`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook())
        try Self.raise(project, configuration)
        project.answer(Self.down)
        let delivery = project.delivery(configuration)
        var (waited, reports) = ([Int](), [Report]())
        while try project.registry.waitingAlertCount() > 0 {
            let begin = project.now
            while try project.registry.dueAlerts(at: project.now, longest: AlertDelivery.longestWait).isEmpty {
                project.move(seconds: 30)
            }
            waited.append(Int(project.now.milliseconds - begin.milliseconds) / 1000)
            reports += try await delivery.run()
        }
        #expect(waited.prefix(10) == [0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
        #expect(waited.count == AlertDelivery.mostRuns && waited.reduce(0, +) > 40 * 3600)
        let reason = "hooks.example.com answered 500"
        #expect(reports.dropLast().allSatisfy { $0 == Self.report(.kept(reason: reason)) })
        #expect(reports.last == Self.report(.dropped(reason: reason)))
        #expect(project.posts.count == 3 * AlertDelivery.mostRuns)
    }

    @Test func `what will not pass is not tried again at once`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook())
        try Self.raise(project, configuration)
        project.answer(Self.gone)
        let reports = try await project.delivery(configuration).run()
        #expect(reports == [Self.report(.kept(reason: "hooks.example.com answered 404"))])
        #expect(project.posts.count == 1)
        // Mended, it goes out.
        project.answer(.taken)
        project.move(seconds: 30)
        #expect(try await project.delivery(configuration).run() == [Self.report(.delivered)])
    }

    @Test func `a sink that fails is tried with one alert, and holds up no other sink`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook(), .init(.log))
        try Self.raise(project, configuration, models: 3)
        project.answer(Self.gone)
        let reports = try await project.delivery(configuration).run()
        let kept = (1...3).map { Self.report(.kept(reason: "hooks.example.com answered 404"), "m\($0)") }
        let logged = (1...3).map { Self.report(.delivered, "m\($0)", "the log") }
        #expect(reports == kept + logged)
        #expect(project.posts.count == 1)
        #expect(project.world.withLock { $0.lines.map { $0.contains("\n") } } == [false, false, false])
    }

    @Test func `alerts arrive in order`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook())
        let desk = project.desk(configuration)
        for sighting: CheckSighting in [.drift(causes: ["a"]), .drift(causes: ["a", "b"]), .noDrift] {
            try desk.take(sighting, of: .init(model: "m", version: 1))
        }
        _ = try await project.delivery(configuration).run()
        #expect(project.posts.map { $0.contains(#""kind":"recovery""#) } == [false, false, true])
        #expect(project.posts[1].contains("new: b"))
    }

    @Test func `a run ends in time, and what is left is sent by the next`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook())
        try Self.raise(project, configuration, models: 10)
        project.world.withLock { $0.secondsPerPost = 25 }
        #expect(try await project.delivery(configuration).run().count == 3)
        #expect(try await project.delivery(configuration).run().count == 3)
        project.world.withLock { $0.secondsPerPost = 0 }
        #expect(try await project.delivery(configuration).run().count == 4)
    }

    @Test func `a run that is stopped keeps what it has not sent`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook())
        try Self.raise(project, configuration)
        project.answer(Self.down)
        let delivery = project.delivery(configuration)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await delivery.run()
        }
        #expect(try await task.value == [])
        #expect(try project.registry.dueAlerts(at: project.now, longest: .seconds(1)).map(\.attempts) == [0])
    }

    @Test func `a URL's variables are filled in when it is sent`() async throws {
        let project = try AlertProject()
        let configuration = AlertProject.configuration(try AlertProject.webhook("${URL}", .slack))
        try Self.raise(project, configuration)
        let delivery = project.delivery(configuration)
        #expect(
            try await delivery.run() == [Self.report(.kept(reason: "the variable URL is not set"), "m1", "a webhook")])
        project.move(seconds: 3600)
        project.world.withLock { $0.variables = ["URL": "SECRET no URL"] }
        let reason = "its URL, with the variables filled in, is none"
        #expect(try await delivery.run() == [Self.report(.kept(reason: reason), "m1", "a webhook")])
        project.move(seconds: 3600)
        project.world.withLock { $0.variables = ["URL": "https://hooks.slack.com/services/SECRET"] }
        #expect(try await delivery.run() == [Self.report(.delivered, "m1", "hooks.slack.com")])
        #expect(project.posts[0].hasPrefix(#"{"blocks":[{"text":{"text":":warning: Drift: m1""#))
        #expect(project.world.withLock { $0.posts[0].url.target } == "/services/SECRET")
    }

    @Test func `a command gets the event, and must end well`() async throws {
        let project = try AlertProject()
        let path = project.folder / "event.json"
        let good = AlertConfiguration.Sink(.command(["sh", "-c", "cat > \"$1\"; echo noise", "sh", path]))
        let bad = AlertConfiguration.Sink(.command(["false", "SECRET"]))
        let none = AlertConfiguration.Sink(.command(["leeway-no-such-program"]))
        let slow = AlertConfiguration.Sink(.command(["sleep", "100"]), timeout: .milliseconds(100))
        let configuration = AlertProject.configuration(good, bad, none, slow)
        try Self.raise(project, configuration)
        let reports = try await project.delivery(configuration).run()
        #expect(
            reports == [
                Self.report(.kept(reason: "it ended with status 1"), "m1", "false"),
                Self.report(
                    .kept(reason: "it can't be started: No such file or directory"), "m1", "leeway-no-such-program"),
                Self.report(.delivered, "m1", "sh"),
                Self.report(.kept(reason: "it took longer than 100ms"), "m1", "sleep"),
            ])
        let event = String(decoding: try FileSystem.read(path), as: UTF8.self)
        #expect(event.hasSuffix("}\n") && event.contains(#""kind":"drift""#))
    }

    @Test func `an alert whose sink is configured no more is dropped`() async throws {
        let project = try AlertProject()
        let hook = try AlertProject.webhook()
        try Self.raise(project, AlertProject.configuration(hook))
        let delivery = project.delivery(AlertProject.configuration(.init(.log)))
        #expect(
            try await delivery.run() == [
                Self.report(.dropped(reason: "its sink is no longer configured"), "m1", hook.key)
            ])
        #expect(try project.registry.waitingAlertCount() == 0)
    }
}
