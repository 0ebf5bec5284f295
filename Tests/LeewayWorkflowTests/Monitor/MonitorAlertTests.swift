import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

/// What people are told of checks.
@Suite struct MonitorAlertTests {
    @Test func `drift is told once, and its end once`() async throws {
        var project = try await MonitoredProject()
        project.configuration.alerts.sinks = [.init(.log)]
        project.configuration.window = .seconds(3_600)
        _ = try await project.answer(300, seed: 1, .init(ageShift: 25))
        let first = try await project.check().alerts
        #expect(first.map(\.kind) == [.drift] && first[0].causes.contains("age") && first[0].rows == 300)
        #expect(try await project.check().alerts.isEmpty)
        // A night without rows is no evidence that it is over.
        #expect(try await project.check(after: 3 * 3_600).alerts.isEmpty)
        _ = try await project.answer(500, seed: 2)
        let last = try await project.check().alerts
        #expect(last.map(\.kind) == [.recovery] && last[0].subject == .drift)
        #expect(try project.registry.waitingAlertCount() == 2)
    }

    @Test func `what was found is told though the process ended before it could be`() async throws {
        var project = try await MonitoredProject()
        _ = try await project.answer(300, seed: 3, .init(ageShift: 25))
        // Nobody was told, and the window's counts no longer tell.
        #expect(try await project.check().verdict == .drift)
        project.configuration.alerts.sinks = [.init(.log)]
        project.configuration.minimumRows = 1_000_000
        let outcome = try await project.check()
        #expect(outcome.window.found?.findings.report.verdict == .noEvidence && outcome.stream.found?.rows == 0)
        #expect(outcome.alerts.map(\.causes) == [["age"]])
    }

    @Test func `a check that fails is told, and that it works again`() async throws {
        var project = try await MonitoredProject()
        project.configuration.alerts.sinks = [.init(.log)]
        let run = MonitorRun(project.project, project.registry, project.configuration, project.clock.environment)
        let version = try #require(try run.models("credit").first)
        let path = "\(project.project.run(version.runID))/model.json"
        let bytes = try FileSystem.read(path)
        try FileSystem.write(Array("{}".utf8), to: path)
        let failed = try await project.check()
        #expect(failed.failures.map(\.code) == [.damagedArtifact])
        #expect(failed.alerts.map(\.summary) == ["credit version 1: the check failed: damaged_artifact."])
        #expect(try project.registry.checks(model: "credit", limit: 9).isEmpty)
        try FileSystem.write(bytes, to: path)
        #expect(try await project.check().alerts.map(\.kind) == [.recovery])
    }
}
