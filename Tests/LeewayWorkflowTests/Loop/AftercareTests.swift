import LeewayCore
import LeewayMonitor
import LeewayStore
import Testing

@testable import LeewayWorkflow

@Suite struct AftercareTests {
    /// A gate that lets pass what is better on the newest rows.
    private static let open = "gate: {tolerance: 10, slice_tolerance: 10, calibration_tolerance: 1}\ndata: log\n"

    /// A loop whose labels turned round, after the step that trained a challenger.
    private static func tried(_ more: String) async throws -> (LoopedProject, RetrainOutcome) {
        let looped = try await LoopedProject(open + more)
        try await looped.turn(1_500)
        let made = try #require(try await looped.step(request: "test").retraining)
        _ = try looped.monitored.session.refresh()
        return (looped, made)
    }

    private static func trial(_ looped: LoopedProject) async throws -> [PairedLog.Row] {
        let retraining = try #require(try looped.registry.retrainings().first)
        return try await PairedLog.read(
            of: try #require(retraining.challenger), beside: retraining.champion, model: "credit",
            classes: try VersionLookup(looped.project).classes(of: try #require(try looped.registry.versions().first)),
            since: try #require(retraining.endedAt), in: looped.project, unlabelledLimit: 100_000,
            engine: looped.monitored.ingestion.engine)
    }

    @Test func `a shadow scores every request, unseen, until its labels have shown that it is better`() async throws {
        let (looped, made) = try await Self.tried("promote: shadow")
        #expect(made.state == .shadow)
        #expect(try looped.champion() == made.champion.number)
        #expect(made.challenger.aliases == ["challenger"])
        // The champion answers all, the challenger stands beside.
        let service = try looped.monitored.session.catalog.find("credit", for: "any request")
        #expect(service.version.number == made.champion.number)
        try await looped.turn(50, seed: 8)
        let rows = try await Self.trial(looped)
        #expect(rows.isEmpty, "The harness asks by the catalogue's champion, which nobody shadows.")
    }

    @Test func `each request is answered by champion or canary, and both are logged`() async throws {
        let (looped, made) = try await Self.tried("promote: canary\ntrial: {share: 0.3}")
        #expect(made.state == .canary)
        let catalog = looped.monitored.session.catalog
        let answering = try (0..<2_000).map { try catalog.find("credit", for: "request \($0)").version.number }
        let share = Double(answering.count { $0 == made.challenger.number }) / 2_000
        #expect(abs(share - 0.3) < 0.04)
        // The same request has the same version, each time.
        #expect(try catalog.find("credit", for: "request 7").version.number == answering[7])
        try await looped.ask(300, turned: true)
        let rows = try await Self.trial(looped)
        #expect(rows.count == 300 && rows.allSatisfy { $0.label != nil && $0.own != $0.other })
        let outcome = try await looped.step()
        #expect(try looped.champion() == made.challenger.number, "\(outcome)")
        #expect(outcome.notes.first?.contains("labels show that it is better: Brier score lower by") ?? false)
        #expect(try looped.registry.retrainings().first?.state == .probation)
        #expect(try looped.registry.aliases().map(\.alias) == ["champion"])
    }

    @Test func `a canary that is worse is withdrawn`() async throws {
        let (looped, made) = try await Self.tried("promote: canary\ntrial: {share: 0.3}")
        try await looped.ask(300, turned: false)
        let outcome = try await looped.step()
        #expect(try looped.champion() == made.champion.number)
        #expect(outcome.notes.first?.contains("labels show that it is worse") ?? false, "\(outcome.notes)")
        #expect(try looped.registry.retrainings().first?.state == .withdrawn)
        #expect(try looped.registry.aliases().map(\.alias) == ["champion"])
    }

    @Test func `a trial without evidence ends`() async throws {
        let (looped, made) = try await Self.tried("promote: canary\ntrial: {at_most: 2d}")
        #expect(try await looped.step(after: 86_400).notes.isEmpty)
        let outcome = try await looped.step(after: 86_400)
        #expect(
            outcome.notes == [
                "Version \(made.challenger.number) is withdrawn: 0 labels did not show that it is better."
            ])
    }

    @Test func `what waits to be promoted by hand is promoted by hand`() async throws {
        let (looped, made) = try await Self.tried("promote: manual")
        #expect(made.state == .awaiting && made.challenger.aliases == ["challenger"])
        try await looped.step()
        #expect(try looped.registry.retrainings().first?.state == .awaiting)
        _ = try Promotion(looped.project).move(
            "champion", to: "challenger", model: "credit", reason: "looks fine", in: looped.monitored.clock.environment)
        try await looped.step()
        #expect(try looped.champion() == made.challenger.number)
        #expect(try looped.registry.retrainings().first?.state == .probation)
    }

    @Test func `a champion that disappoints goes back by itself`() async throws {
        let (looped, made) = try await Self.tried("probation: {for: 2d}")
        #expect(made.state == .probation)
        #expect(try looped.champion() == made.challenger.number)
        // The world turns back: the former champion, which stands beside it, would be right.
        try await looped.ask(300, turned: false)
        let outcome = try await looped.step()
        #expect(try looped.champion() == made.champion.number, "\(outcome)")
        #expect(
            outcome.notes.first?.hasPrefix(
                "Version \(made.challenger.number) is rolled back to version \(made.champion.number): ") ?? false)
        let event = try #require(try looped.registry.events(of: "credit", limit: 1).first)
        #expect(event.kind == .rolledBack && event.from == made.challenger.number && event.to == made.champion.number)
        #expect(try looped.registry.retrainings().first?.state == .rolledBack)
    }

    @Test func `a champion that does well stands its probation`() async throws {
        let (looped, made) = try await Self.tried("probation: {for: 2d}")
        try await looped.ask(300, turned: true)
        #expect(try await looped.step().notes.isEmpty)
        #expect(
            try await looped.step(after: 2 * 86_400).notes == ["Version \(made.challenger.number) stood its probation."]
        )
        #expect(try looped.registry.retrainings().first?.state == .promoted)
        #expect(try looped.champion() == made.challenger.number)
    }

    @Test func `requests that are refused take a new champion back`() async throws {
        let (looped, made) = try await Self.tried("probation: {for: 2d}")
        let hour = looped.monitored.now.hour
        try looped.registry.add(
            [("credit", made.challenger.number, .init(requests: 1_000, refused: 200))], hour: hour)
        let outcome = try await looped.step()
        #expect(try looped.champion() == made.champion.number)
        #expect(outcome.notes.first?.contains("200 of 1,000 requests failed or were refused") ?? false)
    }

    @Test func `by hand the champion goes back to the one before`() async throws {
        let (looped, made) = try await Self.tried("probation: {for: 2d}")
        let move = try Promotion(looped.project).rollBack(
            to: nil, model: "credit", reason: "no", in: looped.monitored.clock.environment)
        #expect(move.from == made.challenger.number && move.to == made.champion.number)
        try await looped.step()
        #expect(try looped.registry.retrainings().first?.state == .rolledBack)
    }

    @Test func `without a gate the new version replaces the old one`() async throws {
        let looped = try await LoopedProject("policy: classic\ndata: both")
        let before = try looped.champion()
        try await looped.turn(300)
        let made = try #require(try await looped.step(request: "test").retraining)
        #expect(made.state == .promoted && made.gate == nil)
        #expect(try looped.champion() == made.challenger.number && made.champion.number == before)
    }
}
