import LeewayCore
import LeewayEngine
import LeewayStore
import Testing

@testable import LeewayWorkflow

/// What a tidying leaves alone, what it removes, and what it makes of damage and of crashes.
@Suite struct LogTidyingTests {
    private let logged: LoggedProject

    init() throws { logged = try LoggedProject() }

    @Test func `a segment that is not counted stays as it is, however old`() async throws {
        let segment = try await logged.log([#"{"a":1}"#], isFinished: false)
        var configuration = PredictionLogConfiguration()
        configuration.retainAge = .seconds(60)
        configuration.retainSize = ByteSize(bytes: 1)
        let report = try #require(try await logged.tidy(configuration, everything: true, hours: 9999).first)
        #expect(report.isEmpty && report.waiting == [segment])
        #expect(try logged.files(logged.predictions) == [".ids", ".jsonl"])
        try logged.finish(segment)
        #expect(try await logged.tidy(configuration, hours: 9999).first?.removed == [segment])
        #expect(try FileSystem.names(in: logged.predictions.path).isEmpty)
    }

    @Test func `a young segment stays, unless everything is asked for`() async throws {
        try await logged.log([#"{"a":1}"#])
        #expect(try await logged.tidy(hours: 1).first?.isEmpty == true)
        var never = PredictionLogConfiguration()
        never.compactAfter = nil
        #expect(try await logged.tidy(never, hours: 500).first?.isEmpty == true)
        #expect(try await logged.tidy(never, everything: true, hours: 0).first?.compacted.count == 1)
    }

    @Test func `what is too old goes, and the oldest of what is too much`() async throws {
        var segments: [Segment] = []
        for day in 0..<4 {
            let time = Timestamp(milliseconds: LoggedProject.noon.milliseconds + Int64(day) * 86_400_000)
            segments.append(try await logged.log((0..<200).map { "{\"a\":\($0)}" }, at: time))
        }
        var configuration = PredictionLogConfiguration()
        configuration.retainAge = .seconds(86_400 * 3)
        let report = try #require(try await logged.tidy(configuration, hours: 24 * 3 + 2).first)
        #expect(report.removed == [segments[0]])
        // What is old enough becomes Parquet first: so more of it is kept.
        #expect(report.compacted.map(\.segment.name) == segments[1...].map(\.name))
        let all = try logged.predictions.segments().map { $0.bytes + 200 * 16 }
        configuration.retainSize = ByteSize(bytes: all[1] + all[2])
        #expect(
            try await logged.tidy(configuration, hours: 24 * 3 + 2).first?.removed.map(\.name) == [segments[1].name])
        #expect(try logged.predictions.segments().map(\.name) == segments[2...].map(\.name))
    }

    @Test func `lines that can't be read are kept apart, and go with their segment`() async throws {
        let segment = try await logged.log([#"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#])
        let lines = try FileSystem.read(segment.path).split(separator: 0x0A).map { Array($0) + [0x0A] }
        let twice = Array(String(decoding: lines[1], as: UTF8.self).replacing(#""a":2"#, with: #""a":2,"a":4"#).utf8)
        let damaged = [Array("nothing\n\n".utf8), twice, Array("\u{0}\u{0}\n".utf8), Array(lines[0].dropLast(9))]
        try FileSystem.write(
            damaged[0] + lines[0] + damaged[1] + damaged[2] + lines[1] + lines[2] + damaged[3], to: segment.path)
        let compacted = try #require(try await logged.tidy().first?.compacted.first)
        #expect(compacted.lines == 3 && compacted.damagedLines == 5)
        #expect(compacted.damagedPath == segment.damagedPath)
        #expect(try FileSystem.read(segment.damagedPath) == damaged.flatMap { $0 })
        #expect(try await logged.parquet(logged.predictions, "inputs.a AS a").rows == ["1.0", "2.0", "3.0"])
        #expect(try logged.files(logged.predictions) == [".damaged.jsonl", ".ids", ".parquet"])
        #expect(try logged.predictions.segments().count == 1)
        var configuration = PredictionLogConfiguration()
        configuration.retainAge = .seconds(60)
        #expect(try await logged.tidy(configuration).first?.removed.count == 1)
        #expect(try FileSystem.names(in: logged.predictions.path).isEmpty)
    }

    @Test func `a segment of which nothing can be read stays`() async throws {
        let segment = try await logged.log([#"{"a":1}"#])
        try FileSystem.write(Array("a\nb\n".utf8), to: segment.path)
        let report = try #require(try await logged.tidy().first)
        #expect(
            report.failures.map(\.error.code) == [.damagedArtifact] && report.failures[0].segment?.name == segment.name)
        #expect(try logged.files(logged.predictions) == [".ids", ".jsonl"])
        // Left alone where it is asked for.
        #expect(try await logged.tidy(except: [segment.name]).first?.isEmpty == true)
    }

    @Test func `a crash after the file got its name: the lines go`() async throws {
        let segment = try await logged.log([#"{"a":1}"#])
        let lines = try FileSystem.read(segment.path)
        _ = try await logged.tidy()
        try FileSystem.write(lines, to: segment.path)
        #expect(try logged.predictions.segments().map(\.format) == [.parquet])
        let report = try #require(try await logged.tidy().first)
        #expect(report.finished.map(\.name) == [segment.name] && report.compacted.isEmpty)
        #expect(try logged.files(logged.predictions) == [".ids", ".parquet"])
    }

    @Test func `a crash before it: what was begun is done anew`() async throws {
        let segment = try await logged.log([#"{"a":1}"#, #"{"a":2}"#])
        for suffix in [".parquet.part-1", ".good.jsonl.part-1", ".damaged.jsonl.part-1"] {
            try FileSystem.write(Array("half".utf8), to: "\(segment.folder)/\(segment.name)\(suffix)")
        }
        // The ids are gone as well: without them a label would not be taken any more.
        FileSystem.remove(segment.idsPath)
        let ids = try LoggedProject.ids(segment.path)
        #expect(try await logged.tidy().first?.compacted.first?.lines == 2)
        #expect(try logged.files(logged.predictions) == [".ids", ".parquet"])
        #expect(try logged.predictions.contains(ids: ids) == [true, true])
    }

    @Test func `two at once: one does it, the other says so`() async throws {
        try await logged.log([#"{"a":1}"#])
        let lock = try #require(try ProcessLock(on: logged.predictions.path))
        let report = try #require(try await logged.tidy().first)
        #expect(report.isBusy && report.isEmpty)
        lock.release()
        #expect(try await logged.tidy().first?.compacted.count == 1)
    }

    @Test func `the engine is opened for something to compact only, and its lack stops nothing else`() async throws {
        struct Missing: Error {}
        #expect(try await logged.tidy(engine: { throw Missing() }).isEmpty)
        try await logged.log([#"{"a":1}"#])
        #expect(try await logged.tidy(hours: 1, engine: { throw Missing() }).first?.isEmpty == true)
        let later = Timestamp(milliseconds: LoggedProject.noon.milliseconds + 86_400_000)
        let young = try await logged.log([#"{"a":1}"#], at: later)
        var configuration = PredictionLogConfiguration()
        configuration.retainAge = .seconds(86_400)
        let missing = LeewayError(.missingLibrary, "There is none.")
        let report = try #require(try await logged.tidy(configuration, hours: 30, engine: { throw missing }).first)
        #expect(report.removed.count == 1 && report.failures.map(\.error.code) == [.missingLibrary])
        #expect(try logged.predictions.segments() == [young])
    }

    @Test func `a file that is not what the lines were is not taken`() async throws {
        let segment = try await logged.log([#"{"a":1}"#])
        let report = try #require(try await logged.tidy(engine: { LosingEngine(logged.engine) }).first)
        #expect(report.failures.map(\.error.code) == [.engineFailed])
        #expect(try logged.files(logged.predictions) == [".ids", ".jsonl"])
        #expect(try logged.predictions.segments() == [segment])
    }
}

/// An engine that loses each row that it should write.
private struct LosingEngine: Engine {
    let engine: DuckDBSession

    init(_ engine: DuckDBSession) { self.engine = engine }

    var dialect: Dialect { engine.dialect }

    func execute(_ sql: String) async throws {
        try await engine.execute(sql.replacing(") TO", with: " WHERE false) TO"))
    }

    func query<Result: Sendable>(
        _ sql: String, into start: @escaping @Sendable ([ArrowField]) throws -> Result,
        _ add: @escaping @Sendable (inout Result, borrowing ArrowBatch) throws -> Void
    ) async throws -> Result { try await engine.query(sql, into: start, add) }

    func second() throws -> any Engine { self }

    func ingest(table: String, columns: [ArrowExportColumn], mode: IngestMode) async throws {}
}
