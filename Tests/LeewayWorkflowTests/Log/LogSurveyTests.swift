import LeewayCore
import LeewayStore
import Testing

@testable import LeewayWorkflow

/// What is told of a log is the same whatever its lines have become.
@Suite struct LogSurveyTests {
    private let logged: LoggedProject

    init() throws { logged = try LoggedProject() }

    private func survey(since: Timestamp? = nil, hours: Int64 = 2) async throws -> LogStatistics {
        let now = Timestamp(milliseconds: LoggedProject.noon.milliseconds + hours * 3_600_000)
        return try await LogSurvey(logged.project, since: since, now: now, engine: logged.engine).run()
    }

    @Test func `nothing is nothing`() async throws {
        let statistics = try await survey()
        #expect(statistics.versions.isEmpty && statistics.segments.isEmpty && statistics.comparedHours == 0)
    }

    @Test func `Parquet and lines are told of together`() async throws {
        try await logged.log((0..<9).map { "{\"a\":\($0)}" })
        _ = try await logged.tidy()
        let later = Timestamp(milliseconds: LoggedProject.noon.milliseconds + 86_400_000)
        let segment = try await logged.log([#"{"b":"x"}"#], at: later)
        try await logged.log([#"{}"#], version: 2, at: later)
        try await logged.log([#"{}"#], model: "other", at: later)
        // A server is just writing, and something is damaged.
        try FileSystem.write(
            Array("nothing\n".utf8) + FileSystem.read(segment.path) + Array(#"{"id":"01a20"#.utf8), to: segment.path)
        let statistics = try await survey(hours: 30)
        #expect(statistics.versions.map { "\($0.model) \($0.number) \($0.rows)" } == ["m 2 1", "m 1 10", "other 1 1"])
        let first = statistics.versions[1]
        // 0.1 … 0.9 and 0.1; 100 … 108 and 100.
        #expect(abs(first.meanProbability - 0.46) < 1e-15)
        #expect(first.medianLatency == 103 && first.latencyP99 == 108)
        #expect(first.first == LoggedProject.noon && first.last == later && first.positives == nil)
        #expect(statistics.unreadableLines == 2)
        #expect(statistics.segments.map { "\($0.state) \($0.count)" } == ["sealed 3", "parquet 1"])
        let since = try await survey(since: later, hours: 30)
        #expect(since.versions.map { "\($0.model) \($0.number) \($0.rows)" } == ["m 2 1", "m 1 1", "other 1 1"])
    }

    @Test func `the rows of an hour are held against the counts`() async throws {
        try logged.register("m", [("a", .integer)])
        let (hour, next) = (LoggedProject.noon.hour, LoggedProject.noon.hour + 1)
        for (place, counted) in [3, 2].enumerated() {
            let time = Timestamp(milliseconds: LoggedProject.noon.milliseconds + Int64(place) * 3_600_000)
            let segment = try await logged.log([#"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#], at: time, isFinished: false)
            try logged.registry.checkpoint(
                segment: segment.name.description, countedBytes: 1,
                windows: [.init(model: "m", number: 1, hour: hour + place, rows: counted, counts: [])])
        }
        var statistics = try await survey()
        #expect(statistics.comparedHours == 2)
        #expect(statistics.differingHours.map { [$0.time.hour, $0.logged, $0.counted] } == [[next, 3, 2]])
        // The hour that began before the time asked for is only half seen.
        statistics = try await survey(since: Timestamp(milliseconds: LoggedProject.noon.milliseconds + 60_000))
        #expect(statistics.comparedHours == 1 && statistics.differingHours.count == 1)
        // Nor is one whose first segments may have been removed.
        try logged.registry.checkpoint(
            segment: "before", countedBytes: 1,
            windows: [.init(model: "m", number: 1, hour: hour - 1, rows: 9, counts: [])])
        #expect(try await survey().comparedHours == 1)
    }

    @Test func `quantiles are values that came`() {
        #expect(LogSurvey.quantile([], 0.5) == nil)
        #expect(LogSurvey.quantile([(7, 1)], 0.99) == 7)
        #expect(LogSurvey.quantile([(1, 50), (2, 50)], 0.5) == 1)
        #expect(LogSurvey.quantile([(1, 98), (2, 1), (3, 1)], 0.99) == 2)
    }
}
