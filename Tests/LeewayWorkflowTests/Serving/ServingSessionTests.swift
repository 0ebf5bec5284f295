import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import LeewayWire
import Testing

@testable import LeewayWorkflow

@Suite struct ServingSessionTests {
    @Test func `answers are in the log once, and the counts are those of the log`() async throws {
        let served = try await ServedProject()
        let session = try served.session()
        var (rows, ids) = (ServedRows(seed: 1), [UUIDv7]())
        for count in [1, 40, 7, 0, 200] { ids += try await rows.ask(session, count) }
        ids += try await rows.ask(session, 30, version: "2")
        try session.checkpoint()
        #expect(try WindowRecount.ids(served.project.predictionLog) == ids && Set(ids).count == 278)
        let log = try WindowRecount(log: served.project, session.catalog)
        #expect(log.rows == 278 && log.counts.count == 2)
        #expect(try WindowRecount(registry: served.project, session.catalog) == log)
        for count in [5, 60] { ids += try await rows.ask(session, count) }
        try await session.close()
        #expect(try WindowRecount.ids(served.project.predictionLog) == ids)
        let end = try WindowRecount(registry: served.project, session.catalog)
        #expect(try end.rows == 343 && end == WindowRecount(log: served.project, session.catalog))
        // Everything is in the totals: nothing is left of the segments.
        for segment in try LogFolder(served.project.predictionLog).segments() {
            #expect(segment.state == .sealed)
            let registry = try Registry(path: served.project.registry)
            #expect(try registry.countedBytes(of: segment.name.description) == Registry.finished)
        }
        #expect(try served.session().recover().isEmpty)
    }

    @Test func `what a killed server had not counted is counted from the log`() async throws {
        let served = try await ServedProject()
        let session = try served.session()
        var rows = ServedRows(seed: 2)
        for count in [3, 50] { _ = try await rows.ask(session, count) }
        try session.checkpoint()
        for count in [4, 70] { _ = try await rows.ask(session, count) }
        _ = try await rows.ask(session, 9, version: "2")

        let left = try ServedProject(leftBy: served)
        let open = try #require(LogFolder(left.project.predictionLog).segments().first)
        #expect(open.state == .abandoned)
        try FileSystem.write(try FileSystem.read(open.path) + Array(#"{"id":"019ab"#.utf8), to: open.path)
        let next = try left.session()
        #expect(try WindowRecount(registry: left.project, next.catalog).rows == 53)
        _ = try await rows.ask(next, 11)
        let recovery = try next.recover()
        #expect(recovery.sealedSegments == 1 && recovery.cutBytes == 12 && recovery.recountedRows == 83)
        #expect(recovery.damagedLines == 0 && recovery.failures.isEmpty && !recovery.isEmpty)
        _ = try await rows.ask(next, 5)
        try await next.close()
        let log = try WindowRecount(log: left.project, next.catalog)
        #expect(log.rows == 152)
        #expect(try WindowRecount(registry: left.project, next.catalog) == log)
        #expect(try left.session().recover().isEmpty)
        try await session.close()
        #expect(try WindowRecount(registry: served.project, session.catalog).rows == 136)
    }

    @Test func `a server that dies while it counts again changes nothing`() async throws {
        let served = try await ServedProject()
        let session = try served.session()
        var rows = ServedRows(seed: 3)
        _ = try await rows.ask(session, 20)
        let left = try ServedProject(leftBy: served)
        // As far as the first half of a recovery: counted and put into the registry, not sealed.
        let (registry, catalog) = (try Registry(path: left.project.registry), session.catalog)
        let loading = try ModelLoading(served.project, ServingConfiguration())
        let load = { @Sendable (version: ModelVersion) throws(LeewayError) in try loading.load(version) }
        _ = try LogRecovery.run(left.project, registry, load: load)
        let again = try ServedProject(leftBy: left)
        #expect(
            try LogRecovery.run(again.project, Registry(path: again.project.registry), load: load).recountedRows == 0)
        #expect(try LogRecovery.run(left.project, registry, load: load).recountedRows == 0)
        for project in [left.project, again.project] {
            let log = try WindowRecount(log: project, catalog)
            #expect(log.rows == 20)
            #expect(try WindowRecount(registry: project, catalog) == log)
        }
        try await session.close()
    }

    @Test func `rows of a version that can't be loaded wait until it can`() async throws {
        let served = try await ServedProject()
        let session = try served.session()
        var rows = ServedRows(seed: 4)
        _ = try await rows.ask(session, 5, version: "2")
        try session.checkpoint()
        _ = try await rows.ask(session, 7, version: "2")
        _ = try await rows.ask(session, 3)
        let left = try ServedProject(leftBy: served)
        let second = try #require(session.catalog.snapshot.versions.first { $0.number == 2 })
        let path = "\(left.project.run(second.runID))/model.json"
        let bytes = try FileSystem.read(path)
        try FileSystem.write(Array("{}".utf8), to: path)

        let next = try left.session()
        let failed = try next.recover()
        #expect(failed.failures.map(\.code) == [.damagedArtifact] && failed.recountedRows == 0)
        // What was counted before is neither lost nor made final.
        #expect(try WindowRecount(registry: left.project, session.catalog).rows == 5)
        try FileSystem.write(bytes, to: path)
        #expect(try next.recover().recountedRows == 10)
        let log = try WindowRecount(log: left.project, session.catalog)
        #expect(log.rows == 15)
        #expect(try WindowRecount(registry: left.project, session.catalog) == log)
        try await next.close()
        try await session.close()
    }

    @Test func `names in the configuration that no model has are told`() async throws {
        let served = try await ServedProject()
        func message(_ edit: (inout ServingConfiguration) -> Void) -> String? {
            do {
                _ = try served.session(ServingClock(), edit)
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(
            message { $0.log.redact = ["agee": .drop] }?.hasPrefix("invalid_configuration: 'serving.log.redact'")
                == true)
        #expect(message { $0.log.redact = ["agee": .drop] }?.hasSuffix("Did you mean 'age'?") == true)
        #expect(message { $0.columns = [.init(name: "jobb", values: ["x"])] }?.contains("serving.columns") == true)
        #expect(message { $0.columns = [.init(name: "age", values: ["x"])] }?.contains("'min' and 'max'") == true)
        #expect(message { $0.columns = [.init(name: "job", minimum: 1)] }?.contains("'values'") == true)
        #expect(message { $0.defaultModel = "none" }?.contains("serving.default_model") == true)
        #expect(message { $0.defaultModel = "credit" } == nil)
    }

    @Test func `two servers of one project count the sum`() async throws {
        let served = try await ServedProject()
        let sessions = [try served.session(ServingClock(seed: 1)), try served.session(ServingClock(seed: 2))]
        let ids = try await withThrowingTaskGroup(of: [UUIDv7].self) { group in
            for (place, session) in sessions.enumerated() {
                group.addTask {
                    var (rows, ids) = (ServedRows(seed: UInt64(place)), [UUIDv7]())
                    for count in 1...20 {
                        ids += try await rows.ask(session, count)
                        if count % 6 == 0 { try session.checkpoint() }
                        if count == 10 { #expect(try session.recover().isEmpty) }
                    }
                    return ids
                }
            }
            return try await group.reduce([], +)
        }
        for session in sessions { try await session.close() }
        #expect(ids.count == 420)
        #expect(try Set(WindowRecount.ids(served.project.predictionLog)) == Set(ids))
        let log = try WindowRecount(log: served.project, sessions[0].catalog)
        #expect(log.rows == 420)
        #expect(try WindowRecount(registry: served.project, sessions[0].catalog) == log)
    }

    @Test func `segments that fill up are counted one after the other`() async throws {
        let served = try await ServedProject()
        let session = try served.session { $0.log.segmentSize = ByteSize(bytes: 4_000) }
        var rows = ServedRows(seed: 4)
        for count in 1...12 {
            _ = try await rows.ask(session, count)
            if count == 6 { try session.checkpoint() }
        }
        try await session.close()
        let segments = try LogFolder(served.project.predictionLog).segments()
        #expect(segments.count > 4 && segments.allSatisfy { $0.state == .sealed })
        let log = try WindowRecount(log: served.project, session.catalog)
        #expect(log.rows == 78)
        #expect(try WindowRecount(registry: served.project, session.catalog) == log)
    }

    @Test func `rows are counted in the hour of their record`() async throws {
        let served = try await ServedProject()
        let clock = ServingClock()
        let session = try served.session(clock)
        var rows = ServedRows(seed: 5)
        let first = Int(ServingClock.start / 3_600_000)
        var expected: [Int: Int] = [:]
        for (seconds, count) in [(0, 5), (1_799, 6), (1, 7), (3_599, 8), (1, 9), (-7_200, 10), (86_400, 11)] {
            clock.step(seconds: Int64(seconds))
            _ = try await rows.ask(session, count)
            expected[Int(clock.environment.now().milliseconds / 3_600_000), default: 0] += count
        }
        #expect(expected == [first: 21, first + 1: 15, first + 2: 9, first + 24: 11])
        try await session.close()
        let registry = try WindowRecount(registry: served.project, session.catalog)
        #expect(
            registry.counts.mapValues(\.rows)
                == Dictionary(
                    uniqueKeysWithValues: expected.map { (.init(number: 1, hour: $0), $1) }))
        #expect(try registry == WindowRecount(log: served.project, session.catalog))
    }

    @Test func `redacted columns are seen by the one who answers and unseen by the one who recounts`() async throws {
        let served = try await ServedProject()
        let redact: (inout ServingConfiguration) -> Void = {
            $0.log.redact = ["job": .hash, "age": .drop, "rate": .hash]
        }
        let session = try served.session(ServingClock(), redact)
        var rows = ServedRows(seed: 6)
        _ = try await rows.ask(session, 30)
        try session.checkpoint()
        _ = try await rows.ask(session, 25)
        let left = try ServedProject(leftBy: served)
        try await session.close()
        let next = try left.session(ServingClock(), redact)
        #expect(try next.recover().recountedRows == 25)
        let key = WindowRecount.Key(number: 1, hour: Int(ServingClock.start / 3_600_000))
        let whole = try #require(WindowRecount(registry: served.project, next.catalog).counts[key])
        let found = try #require(WindowRecount(registry: left.project, next.catalog).counts[key])
        #expect(found.rows == 55 && whole.rows == 55)
        for column in found.bins.names.indices {
            let isRedacted = ["age", "job", "rate"].contains(found.bins.names[column])
            #expect(found.unseenCount(of: column) == (isRedacted ? 25 : 0))
            #expect(whole.unseenCount(of: column) == 0)
            if !isRedacted { #expect(found.valueCounts(of: column) == whole.valueCounts(of: column)) }
        }
        let lines = try WindowRecount.lines(left.project.predictionLog)
        let inputs = lines.compactMap { $0["inputs"] as? [String: Any] }
        #expect(inputs.allSatisfy { $0["age"] == nil && $0["city"] != nil })
        let jobs = inputs.compactMap { $0["job"] as? String }
        #expect(jobs.count > 30 && jobs.allSatisfy { $0.count == 32 } && (2...6).contains(Set(jobs).count))
        // The same values have the same hashes in the next server, which has the same key.
        #expect(try FileSystem.read("\(left.project.home)/redaction.key").count == 32)
        try await next.close()
    }
}
