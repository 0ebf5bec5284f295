import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore
import Testing

@testable import LeewayWorkflow

/// What a retraining learns from.
@Suite struct RetrainingDataTests {
    private static let open = "gate: {tolerance: 10, slice_tolerance: 10, calibration_tolerance: 1}\n"

    /// What a forced step learns from.
    private static func data(_ looped: LoopedProject) async throws -> RetrainingDataReport {
        let outcome = try await looped.step(request: "test", isForced: true)
        return try #require(outcome.retraining, "\(String(describing: outcome.failure))").data
    }

    /// The name and the values of the source's columns, a row each.
    private static func lines(_ looped: LoopedProject) throws -> [String] {
        try looped.source().split(separator: "\n").map(String.init)
    }

    @Test func `a row that source and log both have counts once`() async throws {
        let looped = try await LoopedProject(Self.open)
        let monitored = looped.monitored
        let answers = try await monitored.answer(300, seed: 21)
        try await monitored.tell(answers)
        let before = try await Self.data(looped)
        #expect(before.sourceRows == 1_000 && before.logRows == 300 && before.rowsOfLog == 300 - before.duplicateRows)
        // Now the log's rows are in the source as well, as somebody's export would have it.
        let rows = try await ExportedRows.csv(of: looped)
        try looped.write(try looped.source() + rows.map { $0 + "\n" }.joined())
        let after = try await Self.data(looped)
        #expect(after.sourceRows == 1_300 && after.logRows == 300)
        #expect(after.duplicateRows == 300 && after.rowsOfLog == 0)
    }

    @Test func `with a key the columns that it names decide`() async throws {
        // By age and job most rows of the log are the source's.
        let looped = try await LoopedProject(Self.open + "key: [age, job]")
        try await looped.monitored.tell(try await looped.monitored.answer(300, seed: 22))
        let data = try await Self.data(looped)
        #expect(data.duplicateRows > 250 && data.rowsOfLog == 300 - data.duplicateRows)
        var other = looped
        other.configuration = try configuration(
            "source: p.csv\ntarget: y\nname: credit\nretraining: {key: [nobody]}")
        let outcome = try await other.step(request: "test", isForced: true)
        #expect(outcome.failure?.code == .invalidConfiguration)
    }

    @Test func `rows that break a rule are left out and counted by rule and place`() async throws {
        var looped = try await LoopedProject(Self.open)
        looped.configuration = try configuration(
            """
            name: credit
            source: {path: p.csv, trim: true, null_values: ["?"]}
            target: y
            features: {max_categories: 30}
            validation: {columns: {age: {min: 30, severity: error}, job: {values: [clerk, smith, café]}}}
            retraining: {min_growth: 0, gate: {tolerance: 10, slice_tolerance: 10, calibration_tolerance: 1}}
            """)
        try await looped.monitored.tell(try await looped.monitored.answer(400, seed: 23))
        let data = try await Self.data(looped)
        let young = try #require(data.invalid.first { $0.column == "age" })
        #expect(young.rule == "below min" && young.sourceRows > 100 && young.logRows > 40)
        #expect(data.invalidRows >= young.sourceRows + young.logRows)
        #expect(data.rows == data.sourceRows + data.logRows - data.invalidRows - data.duplicateRows)
    }

    @Test func `a window forgets the old rows of the log, and keeps the source only where it is young`() async throws {
        let looped = try await LoopedProject(Self.open + "history: {window: 10d}\ndata: log")
        let monitored = looped.monitored
        try await monitored.tell(try await monitored.answer(250, seed: 24))
        monitored.clock.step(seconds: 8 * 86_400)
        try await monitored.tell(try await monitored.answer(150, seed: 25))
        #expect(try await Self.data(looped).rows == 400)
        monitored.clock.step(seconds: 4 * 86_400)
        let data = try await Self.data(looped)
        #expect(data.rows == 150 && data.oldRows == 250)
        monitored.clock.step(seconds: 30 * 86_400)
        let outcome = try await looped.step(request: "test", isForced: true)
        #expect(outcome.failure?.code == .notEnoughRows)
        #expect(outcome.failure?.message == "No row is left to learn from.")
    }

    @Test func `with a half-life what is new outweighs what is old`() async throws {
        // A thousand rows of the source say one thing, four hundred new ones of the log another.
        func share(_ history: String) async throws -> Double {
            let looped = try await LoopedProject(Self.open + history)
            looped.monitored.clock.step(seconds: 100 * 86_400)
            try await looped.turn(400)
            let made = try #require(try await looped.step(request: "test").retraining)
            let gate = try #require(made.gate?.window?.comparison)
            return gate.improvement
        }
        let (even, weighted) = (try await share(""), try await share("history: {half_life: 2d}"))
        #expect(weighted > even + 0.2, "\(even) \(weighted)")
    }

    @Test func `what people are to know is put into the outbox, once for what lasts`() async throws {
        var looped = try await LoopedProject()
        looped.configuration = try configuration(
            """
            name: credit
            source: {path: p.csv, trim: true, null_values: ["?"]}
            target: y
            features: {max_categories: 30}
            monitoring: {alerts: [{log: true, on: [retraining]}]}
            retraining: {min_growth: 0, cooldown: 0s}
            """)
        try await looped.turn(600)
        let source = try looped.source()
        FileSystem.remove("\(looped.project.folder)/p.csv")
        func waiting() throws -> [OutboxAlert] {
            try looped.registry.dueAlerts(at: looped.monitored.now, longest: .seconds(86_400))
        }
        for _ in 0..<3 { _ = try await looped.step(request: "test") }
        let first = try waiting()
        #expect(first.count == 1, "\(first.map(\.payload))")
        #expect(first[0].payload.contains("\"file_not_found\"") && first[0].payload.contains("Retraining failed: "))
        // Something else is told at once; what a challenger came to, always.
        try looped.write(source.replacing("\n", with: "\n\n"))
        _ = try await looped.step(request: "test")
        let second = try waiting()
        #expect(second.count == 2 && second[1].payload.contains("was refused"))
        #expect(!second.contains { $0.payload.contains("café") })
    }
}

/// The labelled rows of a log as lines of the source.
private enum ExportedRows {
    static func csv(of looped: LoopedProject) async throws -> [String] {
        let engine = looped.monitored.ingestion.engine
        let log = looped.project.predictionLog
        let feedback = looped.project.feedbackLog
        try looped.monitored.session.checkpoint()
        let table = try await engine.table(
            """
            SELECT concat_ws(',', i.age, coalesce(CAST(i.rate AS VARCHAR), ''), '"' || replace(i.job, '"', '""') || '"', coalesce(i.city, ''), \
            i.member, '', '', f.label) AS line
            FROM read_json('\(log)/*/*.jsonl') AS p, (SELECT p.inputs AS i), read_json('\(feedback)/*/*.jsonl') AS f
            WHERE f.prediction_id = p.id
            """)
        return try table.texts("line").compactMap { $0 }
    }
}
