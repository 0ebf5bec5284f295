import LeewayCore
import LeewayMonitor
import LeewayStats
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct ReplayTests {
    /// Rows of 150 days, ten a day; from the given day on the same values mean the other label, and `x` grows by `shift`.
    private static func table(
        days: Int = 150, turnedFrom turn: Int = 75, shift: Double = 0, seed: UInt64 = 1,
        label: (Int, Bool) -> Bool = { $1 }
    ) -> String {
        var generator = SeededGenerator(seed: seed)
        var text = "at,x,kind,y\n"
        for day in 0..<days {
            for _ in 0..<20 {
                let x = Double(generator.next(below: 1_000)) / 100
                let kind = ["a", "b", "c"][generator.next(below: 3)]
                let isNoise = generator.next(below: 10) == 0
                let isPositive = ((x > 5) != isNoise) != (day >= turn)
                let date = Timestamp(milliseconds: Int64(day) * 86_400_000 + 1_700_006_400_000).description.prefix(10)
                text += "\(date),\(x + (day >= turn ? shift : 0)),\(kind),\(label(day, isPositive) ? "yes" : "no")\n"
            }
        }
        return text
    }

    private static let yaml = """
        source: {path: h.csv}
        target: {column: y, positive: "yes"}
        monitoring: {window: 1d, min_rows: 10}
        retraining: {cooldown: 0s, min_labels: 0, gate: {tolerance: 10, slice_tolerance: 10, calibration_tolerance: 1}}
        """

    private func replay(
        _ table: String, _ policies: [ReplayPolicy], _ yaml: String = yaml,
        _ edit: (inout ReplayOptions) -> Void = { _ in }
    ) async throws -> ReplayReport {
        let ingestion = try Ingestion()
        try ingestion.write(table, "h.csv")
        var options = ReplayOptions(time: "at")
        edit(&options)
        let replay = Replay(
            try configuration(yaml), in: Project(folder: ingestion.folder.path), options, threads: 1,
            cpuSeconds: { 0 },
            environment: Environment(
                now: { Timestamp(milliseconds: 0) }, seconds: { 0 }, random: { 1 }, actor: "test"),
            observer: NoObserver())
        return try await replay.run(policies, engine: ingestion.engine)
    }

    private static let never = ReplayPolicy("never", .never)
    private static let configured = ReplayPolicy("configured", .configured)

    @Test func `a world that turns round ruins the first version, and not the one that learns`() async throws {
        let daily = ReplayPolicy("daily", .scheduled(try CronSchedule("@daily")))
        let yaml = Self.yaml.replacing("retraining: {", with: "retraining: {history: {half_life: 5d}, ")
        let report = try await replay(Self.table(), [Self.never, Self.configured, daily], yaml)
        #expect(report.rows == 3_000 && report.warmUpRows == 620)
        let policies = report.policies
        #expect(policies.map(\.rows) == [2_380, 2_380, 2_380])
        #expect(policies[0].retrainings == 0 && policies[0].events.isEmpty)
        // It was right in the days before the turn, and wrong in as many after it and some more.
        #expect(try #require(policies[0].rocAUC) < 0.5)
        #expect(policies[1].rocAUC ?? 0 > (policies[0].rocAUC ?? 1) + 0.05)
        #expect(policies[1].promotions > 0 && policies[1].retrainings < 60)
        // Each midnight but the first, when no label has come yet.
        #expect(policies[2].retrainings == 118)
        #expect(policies[2].promotions == policies[2].retrainings)
        #expect(policies[0].months.map(\.rows).reduce(0, +) == 2_380)
        // What the best is ahead of the others by, on the same rows.
        #expect(report.behind.count == 2 && report.behind.allSatisfy { ($0.rocAUC?.value ?? -1) >= 0 })
        let lost = try #require(report.behind.first { $0.policy == "never" }?.rocAUC)
        #expect(lost.lower < lost.value && lost.value < lost.upper && lost.lower > 0)
    }

    @Test func `where nothing changes the configured policy does next to nothing`() async throws {
        let report = try await replay(Self.table(turnedFrom: .max), [Self.never, Self.configured])
        #expect(report.policies[1].promotions <= 2)
        #expect(abs((report.policies[1].rocAUC ?? 0) - (report.policies[0].rocAUC ?? 1)) < 0.01)
    }

    @Test func `twice the same history, twice the same story`() async throws {
        let first = try await replay(Self.table(), [Self.configured])
        let second = try await replay(Self.table(), [Self.configured])
        #expect(try ArtifactCoding.encode(first) == ArtifactCoding.encode(second))
    }

    @Test func `no label is known before its time`() async throws {
        // The labels of the last ten days come after the end: whatever they are, they decide nothing.
        let delayed = { (options: inout ReplayOptions) in options.labelDelay = .seconds(10 * 86_400) }
        let plain = try await replay(Self.table(), [Self.configured], Self.yaml, delayed)
        let other = try await replay(
            Self.table(label: { $0 >= 140 ? !$1 : $1 }), [Self.configured], Self.yaml, delayed)
        #expect(plain.policies[0].events.map(\.time) == other.policies[0].events.map(\.time))
        #expect(plain.policies[0].events.map(\.kind) == other.policies[0].events.map(\.kind))
        #expect(!plain.policies[0].events.isEmpty)
        #expect(plain.policies[0].rocAUC != other.policies[0].rocAUC)
        // A day later they would.
        let soon = try await replay(Self.table(), [Self.configured])
        #expect(soon.policies[0].events.first?.time ?? "z" < plain.policies[0].events.first?.time ?? "")
    }

    @Test func `the classic policy replaces where a column moves, and is blind to labels`() async throws {
        let classic = ReplayPolicy("classic", .classic)
        let moved = try await replay(Self.table(turnedFrom: 75, shift: 8, label: { $1 }), [classic])
        let turned = try await replay(Self.table(), [classic])
        #expect(moved.policies[0].promotions == moved.policies[0].retrainings)
        #expect(moved.policies[0].retrainings > turned.policies[0].retrainings + 20)
    }

    @Test(arguments: ["history: {window: 20d}", "history: {half_life: 5d}"])
    func `rows that are forgotten are forgotten`(_ history: String) async throws {
        let yaml = Self.yaml.replacing("retraining: {", with: "retraining: {\(history), ")
        let daily = ReplayPolicy("daily", .scheduled(try CronSchedule("@daily")))
        let all = try await replay(Self.table(), [daily])
        let young = try await replay(Self.table(), [daily], yaml)
        #expect(young.policies[0].rocAUC ?? 0 > (all.policies[0].rocAUC ?? 1) + 0.05)
    }

    @Test func `a page has the table, the plot and the events, and needs nothing else`() async throws {
        let report = try await replay(Self.table(), [Self.never, Self.configured])
        let page = ReplayPage(report).html
        for part in ["<table>", "<svg", "polyline", "configured", "Behind configured", "</html>"] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(!page.contains("<script") && !page.contains("http://") || page.contains("http://www.w3.org/2000/svg"))
    }

    @Test(arguments: [
        ("at,x,y\n", "at", "not_enough_rows"), ("at,x,y\n2026-01-01,1,yes\n2026-01-02,1,no\n", "at", "not_enough_rows"),
    ])
    func `a history that is none is refused`(_ table: String, _ time: String, _ code: String) async throws {
        let error = await #expect(throws: LeewayError.self) { _ = try await replay(table, [Self.never]) }
        #expect(error?.code.description == code, "\(String(describing: error))")
    }

    @Test func `the time must be a column of times, and longer than the warm-up`() async throws {
        func refusal(_ edit: (inout ReplayOptions) -> Void) async -> String {
            do {
                _ = try await replay(Self.table(days: 40), [Self.never], Self.yaml, edit)
                return "none"
            } catch {
                return "\(error)"
            }
        }
        #expect(
            await refusal { $0.time = "att" }
                == "missing_column: The source has no column 'att'. Did you mean 'at'?")
        #expect(await refusal { $0.time = "x" }.hasPrefix("wrong_column_kind: Column 'x' is no date and no time."))
        #expect(
            await refusal { $0.warmUp = .seconds(40 * 86_400) }.hasPrefix(
                "not_enough_rows: The history is no longer than the time that the first version is trained on."))
    }
}
