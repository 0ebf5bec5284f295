import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import LeewayWire
import Testing

@testable import LeewayWorkflow

@Suite struct StreamWatchTests {
    private static func watch(
        _ project: MonitoredProject, limit: Int = StreamWatch.rowLimit
    ) throws -> (watch: StreamWatch, bundle: ModelBundle) {
        let bundle = try ModelBundle.load(nil, model: "credit", in: project.project)
        let watch = StreamWatch(
            bundle.version, try DriftReference.of(bundle), redacted: project.redacted, project.configuration,
            project.registry, limit: limit)
        return (watch, bundle)
    }

    @Test func `sees what a naive reader of the log sees`() async throws {
        let project = try await MonitoredProject()
        _ = try await project.answer(150, seed: 1)
        _ = try await project.answer(150, seed: 2, .init(ageShift: 20))
        project.clock.step(seconds: 60)
        let (watch, bundle) = try Self.watch(project)
        let found = try await watch.look(in: project.project, now: project.now, engine: project.ingestion.engine)
        let counts = try DriftReference.of(bundle).counts.filter { $0.column != "y" }
        var detectors = try SequentialColumns(counts, contract: .runLength(10_000), reset: .reference, seed: 1)
        let bins = WindowBins(counts, labels: [])
        var alarms: [SequentialAlarm] = []
        for line in try WindowRecount.lines(project.project.predictionLog) {
            let inputs = try #require(line["inputs"] as? [String: Any])
            for (place, column) in counts.enumerated() {
                switch (bins.values[place], inputs[column.column]) {
                case (.numbers, let number as Double): detectors.add(number: number, to: place)
                case (.numbers, _): detectors.add(number: .nan, to: place)
                case (.categories, let text as String): detectors.add(code: bins.code(of: text, in: place), to: place)
                case (.categories, _): detectors.add(code: WindowCounts.missingCode, to: place)
                }
            }
            if let alarm = detectors.endRow() { alarms.append(alarm) }
        }
        #expect(found.rows == 300 && alarms.count > 0 && found.alarms.count == alarms.count)
        #expect(found.alarms.first.map(\.rows) == alarms.prefix(20).map(\.rowsInRun))
        #expect(found.evidence.value == detectors.evidence && found.evidence.columns == detectors.ranking())
    }

    @Test(arguments: [nil, 40]) func `many looks come to the same as one`(block: Int?) async throws {
        var (one, many) = (try await MonitoredProject(), try await MonitoredProject())
        one.configuration.sequential.block = block
        many.configuration.sequential.block = block
        for seed in [3, 4, 5] as [UInt64] {
            for project in [one, many] {
                _ = try await project.answer(50, seed: seed)
                project.clock.step(seconds: 60)
            }
            let (watch, _) = try Self.watch(many, limit: 40)
            var rows = [Int]()
            repeat {
                let found = try await watch.look(in: many.project, now: many.now, engine: many.ingestion.engine)
                rows.append(found.rows)
                #expect(found.isCutShort == (found.rows == 40))
            } while rows.last == 40
        }
        let single = try await Self.watch(one).watch.look(
            in: one.project, now: one.now, engine: one.ingestion.engine)
        let last = try await Self.watch(many).watch.look(
            in: many.project, now: many.now, engine: many.ingestion.engine)
        // Three blocks are full, the fourth waits.
        #expect(single.rows == (block == nil ? 150 : 120) && last.rows == 0)
        #expect(single.evidence == last.evidence)
        #expect(single.evidence.threshold == (block == nil ? 10_000 : 250))
    }

    @Test func `other settings begin anew, from the same row on`() async throws {
        var project = try await MonitoredProject()
        _ = try await project.answer(50, seed: 6)
        project.clock.step(seconds: 60)
        _ = try await Self.watch(project).watch.look(
            in: project.project, now: project.now, engine: project.ingestion.engine)
        project.configuration.sequential.contract = .level(0.01)
        let found = try await Self.watch(project).watch.look(
            in: project.project, now: project.now, engine: project.ingestion.engine)
        let counts = try DriftReference.of(try Self.watch(project).bundle).counts.filter { $0.column != "y" }
        let fresh = try SequentialColumns(counts, contract: .level(0.01), reset: .reference, seed: 1)
        #expect(found.rows == 0 && found.evidence.threshold == 100 && found.evidence.value == fresh.evidence)
    }

    @Test func `columns that the log has no values of are passed over`() async throws {
        let project = try await MonitoredProject(redact: ["age": .drop, "job": .hash])
        _ = try await project.answer(100, seed: 7)
        let outcome = try await project.check()
        #expect(outcome.stream.found?.evidence.columns.map(\.name).sorted() == ["city", "member", "rate"])
        #expect(outcome.stream.found?.rows == 100 && outcome.failures.isEmpty)
    }

    @Test func `a state is kept as a whole, and another's is none`() throws {
        var state = WatchState()
        #expect(WatchState(try state.encoded()) == state && state.lastTime == nil)
        state.lastID = UUIDv7(Timestamp(milliseconds: 7), random: (1, 2)).description
        state.raise(
            StandingAlarm(
                at: Timestamp(milliseconds: 5), foundAt: Timestamp(milliseconds: 6), rows: 3, evidence: 12_345.5,
                columns: ["a\nb"]))
        state.detector = [0, 10, 255]
        #expect(WatchState(try state.encoded()) == state && state.lastTime?.milliseconds == 7)
        for bytes in [[], Array("x\n".utf8), Array(state.lastID.utf8), Array(#"{"last_id":"x"}"#.utf8) + [10]] {
            #expect(WatchState(bytes) == nil)
        }
    }

    @Test func `alarms of several columns stand together, each for the window`() {
        func alarm(_ seconds: Int64, rows: Int, _ columns: [String]) -> StandingAlarm {
            let time = Timestamp(milliseconds: seconds * 1000)
            return StandingAlarm(at: time, foundAt: time, rows: rows, evidence: 9, columns: columns)
        }
        func columns(_ state: WatchState, at seconds: Int64) -> [String]? {
            state.standing(at: Timestamp(milliseconds: seconds * 1000), for: .seconds(10))?.columns
        }
        var state = WatchState()
        state.raise(alarm(100, rows: 500, ["age"]))
        state.raise(alarm(104, rows: 40, ["job"]))
        state.raise(alarm(106, rows: 30, ["age"]))
        let standing = state.standing(at: Timestamp(milliseconds: 107_000), for: .seconds(10))
        #expect(standing?.columns == ["age", "job"] && standing?.rows == 500 && standing?.time.milliseconds == 100_000)
        #expect(columns(state, at: 113) == ["age", "job"])
        #expect(columns(state, at: 115) == ["age"])
        #expect(columns(state, at: 116) == nil)
        state.forget(at: Timestamp(milliseconds: 116_000), after: .seconds(10))
        state.raise(alarm(200, rows: 70, ["age"]))
        #expect(state.standing(at: Timestamp(milliseconds: 201_000), for: .seconds(10))?.rows == 70)
    }

    @Test func `an alarm stands for the window, whichever way the clock was off`() {
        let alarm = StandingAlarm(
            at: Timestamp(milliseconds: 0), foundAt: Timestamp(milliseconds: 10_000), rows: 1, evidence: 1,
            columns: [])
        let times: [(Int64, Bool)] = [(-1, false), (1, true), (10_000, true), (19_999, true), (20_000, false)]
        for (time, stands) in times {
            #expect(alarm.stands(at: Timestamp(milliseconds: time), for: .seconds(10)) == stands)
        }
    }
}
