import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore
import Testing

@testable import LeewayWorkflow

@Suite struct RetrainStepTests {
    @Test func `quiet rows call for nothing, and that is kept`() async throws {
        let looped = try await LoopedProject()
        try await looped.monitored.tell(try await looped.monitored.answer(400, seed: 3))
        _ = try await looped.monitored.check()
        for _ in 0..<3 { #expect(try await looped.step().decision.action == .nothing) }
        let decisions = try looped.registry.decisions(model: "credit")
        #expect(decisions.map(\.count) == [3])
        #expect(decisions[0].reason == "Nothing calls for a retraining.")
        #expect(try looped.registry.retrainings().isEmpty)
    }

    @Test func `labels that turned round call for a challenger, which takes the champion's place`() async throws {
        let looped = try await LoopedProject(
            "gate: {tolerance: 10, slice_tolerance: 10, calibration_tolerance: 1}\ndata: log")
        let before = try looped.champion()
        try await looped.turn(1_500)
        let check = try await looped.monitored.check()
        #expect(check.isRealisedDrop)
        let outcome = try await looped.step()
        #expect(outcome.decision.trigger == .realisedDrop)
        let made = try #require(outcome.retraining)
        #expect(made.state == .probation && made.champion.number == before)
        #expect(made.data.sourceRows == 0 && made.data.rowsOfLog == 1_500)
        #expect(try looped.champion() == made.challenger.number)
        let gate = try #require(made.gate)
        #expect(gate.criteria.allSatisfy { $0.outcome == .passed }, "\(gate.failures)")
        #expect((gate.window?.comparison?.improvement ?? 0) > 0.5)
        // It happens once: the new champion has another story.
        #expect(try await looped.step().decision.action == .nothing)
        let events = try looped.registry.events(of: "credit")
        #expect(events.prefix(2).map(\.kind) == [.aliasMoved, .registered])
        #expect(events[0].reason.hasPrefix("retraining 1: log loss "))
    }

    @Test func `the same labels are refused where the old test rows must not suffer`() async throws {
        let looped = try await LoopedProject("data: both")
        let before = try looped.champion()
        try await looped.turn(1_500)
        _ = try await looped.monitored.check()
        let made = try #require(try await looped.step().retraining)
        #expect(made.state == .refused && made.data.sourceRows == 1_000)
        #expect(made.gate?.failures.map(\.name).contains(.oldTest) ?? false)
        #expect(try looped.champion() == before)
        #expect(try looped.registry.retrainings().map(\.state) == [.refused])
        // The challenger is registered and nobody's.
        let versions = try looped.registry.versions(of: "credit")
        #expect(versions.first?.number == made.challenger.number && versions.first?.aliases == [])
    }

    @Test func `no row of the old test side is trained on`() async throws {
        let looped = try await LoopedProject("gate: {tolerance: 10, slice_tolerance: 10, calibration_tolerance: 1}")
        let monitored = looped.monitored
        // The source's own rows come back as answers, their labels as they are.
        try await monitored.tell(try await monitored.answer(600, seed: 2))
        let first = try ModelBundle.load(nil, model: "credit", in: looped.project)
        let engine = monitored.ingestion.engine
        let old = try #require(try await HeldOutRows.read(of: first, in: looped.project, engine))
        let made = try #require(try await looped.step(request: "test").retraining)
        let folder = looped.project.run(made.challenger.runID)
        let columns = first.schema.columns.map { SourceTable.Column(name: $0.name, type: $0.type) }
        try await engine.execute(
            "CREATE OR REPLACE VIEW trained AS SELECT * FROM read_parquet('\(folder)/train_reference.parquet')")
        let trained = try await RowReading.load(
            columns, as: RowReading.roles(of: columns), of: "trained", rowCount: 0, engine: engine)
        #expect(trained.rowHashes.count > 1_000)
        #expect(Set(old.hashes).isDisjoint(with: trained.rowHashes.map(\.first)))
        #expect(Set(old.hashes).count > 150)
    }

    @Test func `nothing new to learn from is said, and not trained on`() async throws {
        let looped = try await LoopedProject()
        // By this clock the files are of later: they may have changed, and reading them tells that they have not.
        let first = try await looped.step(request: "touched")
        #expect(first.failure?.code == .nothingNew)
        #expect(try looped.registry.retrainings().map(\.state) == [.failed])
        let second = try await looped.step(request: "just because")
        #expect(second.decision.action == .cannotHelp)
        #expect(
            second.decision.reason
                == "By hand: just because, but no label came since the last training and the source is as it was: retraining cannot help."
        )
        #expect(try looped.registry.retrainings().count == 1)
        // Forced, it trains what it has: the same model, which is not better.
        let forced = try await looped.step(request: "force", isForced: true)
        #expect(forced.retraining?.state == .refused)
    }

    @Test func `a retraining by the clock, a year in a moment`() async throws {
        let looped = try await LoopedProject("on: {drift: false, schedule: '@monthly'}\nmin_labels: 0")
        var retrained = 0
        for day in 0..<365 {
            // A label a fortnight, so that there is something new each month.
            if day % 14 == 0 {
                try await looped.monitored.tell(try await looped.monitored.answer(5, seed: UInt64(day)))
            }
            if try await looped.step(after: 86_400).decision.action == .retrain { retrained += 1 }
        }
        #expect(retrained == 12)
        #expect(try looped.registry.retrainings().count == 12)
    }

    // MARK: Sources that are not what they were

    @Test(arguments: [
        ("gone", "file_not_found"), ("empty", "not_enough_rows"), ("header", "not_enough_rows"),
        ("column", "source_changed"), ("type", "source_changed"), ("missing", "source_changed"),
        ("classes", "validation_failed"),
    ])
    func `a source that has changed its shape stops the retraining, and the champion stays`(
        change: String, code: String
    ) async throws {
        let looped = try await LoopedProject()
        let before = try looped.champion()
        try await looped.turn(600)
        let lines = try looped.source().split(separator: "\n").map(String.init)
        let path = "\(looped.project.folder)/p.csv"
        switch change {
        case "gone": FileSystem.remove(path)
        case "empty": try looped.write("")
        case "header": try looped.write(lines[0] + "\n")
        case "column":
            try looped.write(lines.enumerated().map { $1 + ($0 == 0 ? ",new" : ",1") }.joined(separator: "\n"))
        case "type":
            try looped.write(
                lines.enumerated().map { place, line in
                    place == 0 ? line : "x" + line
                }.joined(separator: "\n"))
        case "missing":
            try looped.write(
                lines.map {
                    $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst().joined(separator: ",")
                }.joined(separator: "\n"))
        default:
            try looped.write(lines.map { $0.hasSuffix("yes") ? $0.dropLast(3) + "maybe" : $0 }.joined(separator: "\n"))
        }
        let outcome = try await looped.step(request: "test")
        #expect(outcome.failure?.code.description == code, "\(String(describing: outcome.failure))")
        #expect(try looped.champion() == before)
        let kept = try #require(try looped.registry.retrainings().first)
        #expect(kept.state == .failed && RetrainingDocument(kept.document)?.failure?.code == code)
        #expect(FileSystem.kind(of: looped.project.run(kept.runID)) == nil)
        #expect(try FileSystem.names(in: looped.project.runs).allSatisfy { !$0.hasPrefix(".staging") })
    }

    // MARK: Processes that were killed

    @Test func `a retraining that was killed is cleared up and begun anew`() async throws {
        let looped = try await LoopedProject()
        try await looped.monitored.tell(try await looped.monitored.answer(400, seed: 4))
        let champion = try #require(try looped.registry.versions(of: "credit").last)
        let run = RunID(looped.monitored.now, random: (1, 2)).description
        _ = try looped.registry.beginRetraining(
            of: champion, runID: run, cause: "drift", reason: "Drift.", actor: "test", at: looped.monitored.now)
        try FileSystem.makeFolder("\(looped.project.runs)/.staging-\(run)")
        try FileSystem.makeFolder(looped.project.run(run))
        let outcome = try await looped.step()
        #expect(outcome.notes == ["Retraining 1 was killed: what it left is removed."])
        #expect(outcome.decision.reason == "Retraining 1 was killed and is begun anew. Drift.")
        #expect(outcome.retraining?.id == 2)
        #expect(try looped.registry.retrainings().map(\.state).last == .abandoned)
        let names = try FileSystem.names(in: looped.project.runs)
        #expect(!names.contains { $0.contains(run) })
    }

    @Test func `one process at a time retrains a model`() async throws {
        let looped = try await LoopedProject()
        let environment = looped.monitored.clock.environment
        let lease = try #require(
            try RetrainLease(of: "credit", in: looped.project, looped.registry, machine: "a", environment))
        #expect(try RetrainLease(of: "credit", in: looped.project, looped.registry, machine: "a", environment) == nil)
        // Another machine has no such lock, but sees the lease.
        #expect(
            try !looped.registry.takeLease(
                "retrain:credit", holder: "b#1", for: .seconds(60), at: looped.monitored.now))
        looped.monitored.clock.step(seconds: 61)
        #expect(
            try looped.registry.takeLease(
                "retrain:credit", holder: "b#1", for: .seconds(60), at: looped.monitored.now))
        lease.release()
        #expect(
            try looped.registry.takeLease(
                "retrain:credit", holder: "b#1", for: .seconds(60), at: looped.monitored.now))
    }

    @Test func `a clock that steps back and forth makes nothing happen twice, and nothing wait for ever`() async throws
    {
        let looped = try await LoopedProject("on: {drift: false, schedule: '@daily'}\nmin_labels: 0\ncooldown: 6h")
        let day: Int64 = 86_400
        func retrained(after seconds: Int64) async throws -> Bool {
            try await looped.step(after: seconds).decision.action == .retrain
        }
        #expect(try await !retrained(after: 60))
        try await looped.turn(300)
        #expect(try await retrained(after: day))
        try await looped.turn(300, seed: 2)
        // A month back: the same midnights come again, and none of them is due.
        #expect(try await !retrained(after: -30 * day))
        #expect(try await !retrained(after: day))
        // Ahead by a year: due once, for all the midnights that were missed.
        #expect(try await retrained(after: 365 * day))
        try await looped.turn(300, seed: 3)
        #expect(try await !retrained(after: 3_600))
        #expect(try await retrained(after: day))
        #expect(try looped.registry.retrainings().allSatisfy { $0.state != .running })
    }

    @Test func `a lease from a clock that ran ahead is void`() async throws {
        let looped = try await LoopedProject()
        let now = looped.monitored.now
        let ahead = Timestamp(milliseconds: now.milliseconds + 86_400_000 * 365)
        #expect(try looped.registry.takeLease("x", holder: "a", for: .seconds(60), at: ahead))
        #expect(try looped.registry.takeLease("x", holder: "b", for: .seconds(60), at: now))
    }
}
