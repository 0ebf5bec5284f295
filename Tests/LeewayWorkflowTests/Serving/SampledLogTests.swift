import LeewayCore
import LeewayStore
import Testing

@testable import LeewayWorkflow

/// A log that takes a share of the rows: all of them are counted.
@Suite struct SampledLogTests {
    @Test func `half of the rows are logged`() async throws {
        let served = try await ServedProject()
        let session = try served.session { $0.log.sample = 0.5 }
        var (rows, ids) = (ServedRows(seed: 1), [UUIDv7]())
        for _ in 0..<40 { ids += try await rows.ask(session, 25) }
        for _ in 0..<200 { ids += try await rows.ask(session, 1) }
        try await session.close()
        #expect(ids.count == 1_200 && Set(ids).count == 1_200)
        let logged = try WindowRecount.ids(served.project.predictionLog)
        #expect((500..<700).contains(logged.count) && Set(logged).isSubset(of: ids))
        #expect(try WindowRecount(registry: served.project, session.catalog).rows == 1_200)
    }

    @Test func `rows of which none is logged are counted all the same`() async throws {
        let (whole, served) = (try await ServedProject(), try await ServedProject())
        let everything = try whole.session()
        let session = try served.session { $0.log.sample = 0 }
        for (place, count) in [40, 1, 9].enumerated() {
            var (rows, same) = (ServedRows(seed: UInt64(place)), ServedRows(seed: UInt64(place)))
            _ = try await same.ask(everything, count)
            #expect(try await rows.ask(session, count).count == count)
            if place != 1 { try session.checkpoint() }
            #expect(try WindowRecount(registry: served.project, session.catalog).rows == [40, 40, 50][place])
        }
        try await session.close()
        try await everything.close()
        #expect(try WindowRecount.ids(served.project.predictionLog).isEmpty)
        let found = try WindowRecount(registry: served.project, session.catalog)
        #expect(found.rows == 50)
        #expect(try found == WindowRecount(registry: whole.project, everything.catalog))
        // Nothing is left that grows: what a next server does has its own place.
        let next = try served.session(ServingClock(seed: 2)) { $0.log.sample = 0 }
        #expect(try next.recover().isEmpty)
        var rows = ServedRows(seed: 9)
        _ = try await rows.ask(next, 7)
        try await next.close()
        #expect(try WindowRecount(registry: served.project, session.catalog).rows == 57)
    }

    @Test func `rows that are not logged survive the segments that come and go`() async throws {
        let served = try await ServedProject()
        let clock = ServingClock()
        let session = try served.session(clock) { $0.log.sample = 0.02 }
        var rows = ServedRows(seed: 2)
        for day in 0..<5 {
            for _ in 0..<10 { _ = try await rows.ask(session, 1) }
            if day % 2 == 0 { try session.checkpoint() }
            clock.step(seconds: 86_400)
        }
        try await session.close()
        #expect(try WindowRecount(registry: served.project, session.catalog).rows == 50)
    }
}
