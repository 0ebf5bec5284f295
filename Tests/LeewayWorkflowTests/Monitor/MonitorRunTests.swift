import Foundation
import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct MonitorRunTests {
    @Test func `nothing was asked yet`() async throws {
        let project = try await MonitoredProject()
        let outcome = try await project.check()
        #expect(outcome.verdict == .noEvidence && outcome.sighting == .noEvidence && outcome.failures.isEmpty)
        guard case .leftOut("Nothing is logged yet.") = outcome.stream else {
            Issue.record("\(outcome.stream)")
            return
        }
        guard case .leftOut("No label came yet.") = outcome.harm, case .leftOut = outcome.realised else {
            Issue.record("\(outcome.harm)")
            return
        }
    }

    @Test func `quiet rows and right labels raise nothing`() async throws {
        let project = try await MonitoredProject()
        try await project.tell(project.answer(1_000, seed: 1))
        let outcome = try await project.check()
        #expect(outcome.failures.isEmpty && outcome.verdict == .noDrift && outcome.sighting == .noDrift)
        let (stream, harm) = (try #require(outcome.stream.found), try #require(outcome.harm.found))
        #expect(stream.rows == 1_000 && stream.alarms.count == 0 && stream.standing == nil && !stream.isCutShort)
        #expect(stream.evidence.threshold == 10_000 && stream.evidence.value < 10_000)
        #expect(harm.labels == 1_000 && harm.alarms.count == 0 && harm.testRisk < harm.toleratedRisk)
        let figures = try #require(outcome.window.found?.findings.performance)
        let measured = try #require(figures.realised?[.accuracy]?.figure)
        #expect(measured.value == 1 - Double(harm.errors) / 1_000)
        let estimated = try #require(figures.estimated[.accuracy]?.figure)
        #expect(abs(estimated.value - measured.value) < 0.06)
        // All of it is kept.
        let kept = try #require(try project.registry.checks(model: "credit", limit: 9).first)
        #expect(kept.verdict == "no_drift" && kept.rows == 1_000 && kept.time == outcome.time)
        let document = try #require(JSONSerialization.jsonObject(with: Data(kept.document)) as? [String: Any])
        #expect((document["stream"] as? [String: Any])?["rows"] as? Int == 1_000)
        #expect((document["harm"] as? [String: Any])?["labels"] as? Int == 1_000)
        #expect(Set((document["performance"] as? [String: Any] ?? [:]).keys) == ["reference", "estimated", "realised"])
    }

    @Test func `rows that moved raise the alarm, which stands as long as the window is`() async throws {
        var project = try await MonitoredProject()
        project.configuration.window = .seconds(2 * 3_600)
        _ = try await project.answer(300, seed: 2, .init(ageShift: 25))
        let first = try await project.check()
        #expect(first.verdict == .drift && first.causes.contains("age"))
        let stream = try #require(first.stream.found)
        let alarm = try #require(stream.alarms.first.first)
        #expect(alarm.columns == ["age"] && alarm.rows < 100 && stream.alarms.count > 1)
        // No row is looked at twice.
        let second = try await project.check()
        #expect(second.stream.found?.rows == 0 && second.stream.found?.alarms.count == 0)
        #expect(second.stream.found?.standing == stream.standing && second.verdict == .drift)
        #expect(second.stream.found?.evidence == stream.evidence)
        // Three hours later the window holds other rows.
        project.clock.step(seconds: 3 * 3_600)
        _ = try await project.answer(500, seed: 3)
        let last = try await project.check()
        #expect(last.stream.found?.rows == 500 && last.stream.found?.standing == nil)
        #expect(last.verdict == .noDrift)
    }

    @Test func `labels that turn out wrong are harm`() async throws {
        let project = try await MonitoredProject()
        try await project.tell(project.answer(400, seed: 4, .init(wrongShare: 0.6)))
        let outcome = try await project.check()
        let harm = try #require(outcome.harm.found)
        #expect(harm.alarms.count > 0 && outcome.verdict == .drift && outcome.causes.contains("performance"))
        #expect(harm.errors > 150 && harm.standing != nil)
        #expect(try await project.check().harm.found?.labels == 0)
    }

    @Test func `a label that is corrected later is looked at once`() async throws {
        let project = try await MonitoredProject()
        let answers = try await project.answer(50, seed: 5)
        try await project.tell(answers)
        #expect(try await project.check().harm.found?.labels == 50)
        try await project.tell(answers.map { .init(id: $0.id, label: $0.label == "yes" ? "no" : "yes") })
        let outcome = try await project.check()
        #expect(outcome.harm.found?.labels == 0 && outcome.realised.found?.rows == 50)
    }

    @Test func `a clock that steps back looks at nothing twice, and says so`() async throws {
        let project = try await MonitoredProject()
        let answers = try await project.answer(200, seed: 6)
        try await project.tell(answers)
        let before = try await project.check()
        #expect(before.stream.found?.rows == 200 && before.stream.found?.lag == nil)
        let back = try await project.check(after: -3_600)
        #expect(back.failures.isEmpty && back.stream.found?.rows == 0 && back.harm.found?.labels == 0)
        #expect(back.stream.found?.lag == .seconds(3_540) && back.harm.found?.lag == .seconds(3_540))
        #expect(back.stream.found?.evidence == before.stream.found?.evidence)
        // What is answered meanwhile, by the same server, is looked at once the clock has caught up.
        _ = try await project.answer(100, seed: 7)
        let later = try await project.check(after: 3_700)
        #expect(later.stream.found?.rows == 100 && later.stream.found?.lag == nil)
        #expect(later.window.found?.findings.report.windowRows == 300)
    }

    @Test func `rows of an hour ahead are neither lost nor counted early`() async throws {
        let project = try await MonitoredProject()
        _ = try await project.answer(200, seed: 8)
        let early = try await project.check(after: -2 * 3_600)
        #expect(early.window.found?.findings.report.windowRows == 0 && early.stream.found?.rows == 0)
        let later = try await project.check(after: 2 * 3_600 + 60)
        #expect(later.window.found?.findings.report.windowRows == 200 && later.stream.found?.rows == 200)
    }

    @Test func `without the engine's library the window is judged all the same`() async throws {
        let project = try await MonitoredProject()
        try await project.tell(project.answer(400, seed: 9, .init(ageShift: 25)))
        let run = MonitorRun(project.project, project.registry, project.configuration, project.clock.environment)
        let version = try #require(try run.models("credit").first)
        let outcome = try await run.check(version) { throw LeewayError(.missingLibrary, "There is no libduckdb.") }
        #expect(outcome.failures.isEmpty && outcome.verdict == .drift && outcome.causes.contains("age"))
        #expect(outcome.window.found?.findings.performance?.estimated[.accuracy]?.figure != nil)
        let missing = "The query engine can't be loaded. There is no libduckdb."
        guard case .leftOut(missing) = outcome.stream, case .leftOut(missing) = outcome.harm else {
            Issue.record("\(outcome.stream)")
            return
        }
        #expect(outcome.realised.found == nil)
    }

    @Test func `an engine that fails stops its part alone, and is told`() async throws {
        var project = try await MonitoredProject()
        project.configuration.alerts.sinks = [.init(.log)]
        _ = try await project.answer(200, seed: 10)
        let run = MonitorRun(project.project, project.registry, project.configuration, project.clock.environment)
        let version = try #require(try run.models("credit").first)
        let outcome = try await run.check(version) { throw LeewayError(.engineFailed, "No.") }
        #expect(outcome.window.found?.findings.report.windowRows == 200 && outcome.verdict == .noDrift)
        #expect(outcome.failures.map(\.code) == [.engineFailed])
        #expect(outcome.alerts.map(\.summary) == ["credit version 1: the check failed: engine_failed."])
    }

    @Test func `a check that is interrupted is no failure`() async throws {
        let project = try await MonitoredProject()
        _ = try await project.answer(10, seed: 11)
        let run = MonitorRun(project.project, project.registry, project.configuration, project.clock.environment)
        let version = try #require(try run.models("credit").first)
        await #expect(throws: LeewayError(.interrupted, "The check was interrupted.")) {
            _ = try await run.check(version) { throw CancellationError() }
        }
    }
}
