import LeewayCore
import LeewayEngine
import LeewayStore
import LeewayTestSupport
import LeewayWire
import Testing

@testable import LeewayWorkflow

/// A running server tidies up beside its answers.
@Suite struct ServingTidyingTests {
    @Test(.enabled(if: LibraryPlace.isFound, "DuckDB is where a server finds it only with LEEWAY_DRIVER_PATH."))
    func `compacted rows are counted as before, and labels for them are taken`() async throws {
        let ingestion = try Ingestion()
        let rows = (0..<60).map { "\(20 + $0),\(["Oslo", "Bergen"][$0 % 2]),\($0 * 7 % 5 < 2 ? "high" : "low")\n" }
        try ingestion.write("age,city,income\n" + rows.joined(), "p.csv")
        _ = try await ingestion.train("source: p.csv\ntarget: income\nevaluation:\n  bootstrap: 0")
        let project = Project(folder: ingestion.folder.path)
        let time = Timestamp(milliseconds: 1_795_478_398_007)
        let logged = try LoggedProject(ingestion)
        let segment = try await logged.log(
            (0..<3).map { "{\"age\":\(30 + $0),\"city\":\"Oslo\"}" }, model: "model", at: time, isFinished: false)
        let ids = try LoggedProject.ids(segment.path)
        let session = try ServingSession(
            project, ServingConfiguration(),
            Environment(
                now: { Timestamp(milliseconds: time.milliseconds + 7_200_000) }, seconds: { 0 },
                random: { .random(in: 0 ... .max) }, actor: "test"))
        // Before the rows are counted, nothing happens to them.
        #expect(try await session.tidy().first?.waiting.map(\.name) == [segment.name])
        #expect(try session.recover().recountedRows == 3)
        let counted = try logged.registry.windows(model: "model", hours: 0..<1 << 40)
        #expect(counted.map(\.rows) == [3])
        let report = try #require(try await session.tidy().first)
        #expect(report.failures.isEmpty && report.compacted.first?.lines == 3)
        #expect(try logged.registry.windows(model: "model", hours: 0..<1 << 40) == counted)
        #expect(try session.recover().recountedRows == 0)
        let body = Array("{\"id\":\"\(ids[1])\",\"label\":\"high\"}".utf8)
        let taken = try await session.feedback.take(
            try body.withUnsafeBufferPointer { try FeedbackBody($0, limit: 10) })
        #expect(taken.map(\.status) == [.recorded])
        try await session.close()
    }
}

/// Whether the library is found without being told where.
private enum LibraryPlace {
    static let isFound = (try? DuckDBSession()) != nil
}
