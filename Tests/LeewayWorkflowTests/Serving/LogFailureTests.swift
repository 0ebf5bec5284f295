import Foundation
import LeewayCore
import LeewayStore
import LeewayWire
import Testing

@testable import LeewayWorkflow

/// What becomes of requests whose rows can't be logged: a file stands where the folder of the log was.
@Suite struct LogFailureTests {
    private let served: ServedProject
    private let clock = ServingClock()

    init() async throws { served = try await ServedProject() }

    /// Puts a file in the place of the log's folder, or takes it away again.
    private func block(_ isBlocked: Bool) throws {
        let path = served.project.predictionLog
        if isBlocked {
            try FileManager.default.moveItem(atPath: path, toPath: path + "-aside")
            try FileSystem.write([], to: path)
        } else {
            FileSystem.remove(path)
            try FileManager.default.moveItem(atPath: path + "-aside", toPath: path)
        }
        // A segment whose file is gone is noticed after a while, and one of yesterday is left.
        clock.step(seconds: 86_400)
    }

    @Test func `who refuses answers nothing, and says so before it is asked`() async throws {
        let session = try served.session(clock)
        var (rows, ids) = (ServedRows(seed: 1), [UUIDv7]())
        ids += try await rows.ask(session, 5)
        #expect(session.reasonAgainstReadiness == nil)
        try block(true)
        for _ in 0..<2 {
            let error = await #expect(throws: LeewayError.self) { _ = try await rows.ask(session, 3) }
            #expect(error?.code == .logNotWritable)
        }
        #expect(session.reasonAgainstReadiness == "The prediction log can't be written.")
        #expect(session.logState.isFailing && session.logState.failures == 2)
        #expect(session.service.counts.models.values.map(\.rows) == [5] && session.service.counts.lostRows == 0)
        try block(false)
        ids += try await rows.ask(session, 4)
        #expect(session.reasonAgainstReadiness == nil)
        try await session.close()
        #expect(session.reasonAgainstReadiness == "The server is stopping.")
        _ = try session.recover()
        #expect(try Set(WindowRecount.ids(served.project.predictionLog)) == Set(ids))
        let registry = try WindowRecount(registry: served.project, session.catalog)
        #expect(try registry.rows == 9 && registry == WindowRecount(log: served.project, session.catalog))
    }

    @Test func `who serves answers all the same, and counts what is lost`() async throws {
        let session = try served.session(clock) { $0.log.onFailure = .serve }
        var rows = ServedRows(seed: 2)
        _ = try await rows.ask(session, 5)
        try block(true)
        let ids = try await rows.ask(session, 3)
        #expect(Set(ids).count == 3)
        #expect(session.service.counts.lostRows == 3 && session.service.counts.models.values.map(\.rows) == [8])
        #expect(session.reasonAgainstReadiness == nil && session.logState.isFailing)
        try block(false)
        _ = try await rows.ask(session, 2)
        try await session.close()
        _ = try session.recover()
        let registry = try WindowRecount(registry: served.project, session.catalog)
        #expect(try registry.rows == 7 && registry == WindowRecount(log: served.project, session.catalog))
    }

    @Test func `a server does not begin where it can't log`() throws {
        try FileManager.default.createDirectory(atPath: served.project.home + "/log", withIntermediateDirectories: true)
        try FileSystem.write([], to: served.project.predictionLog)
        let error = #expect(throws: LeewayError.self) { _ = try served.session(clock) }
        #expect(error?.code == .logNotWritable)
    }
}
