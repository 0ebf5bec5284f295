import LeewayCore
import LeewayEngine
import LeewayStore
import LeewayTestSupport
import LeewayWire
import Synchronization
import Testing

@testable import LeewayWorkflow

/// A project of one test with a registry and logs, whose lines are written as servers write them.
struct LoggedProject {
    /// Noon of 2026-11-23.
    static let noon = Timestamp(milliseconds: 1_795_435_200_000)
    static let folderName = "date=2026-11-23"

    let folder: TemporaryFolder
    let project: Project
    let registry: Registry
    let engine: DuckDBSession

    init(_ ingestion: Ingestion? = nil) throws {
        let ingestion = try ingestion ?? Ingestion()
        (folder, engine) = (ingestion.folder, ingestion.engine)
        project = Project(folder: folder.path)
        try FileSystem.makeFolder(project.home)
        registry = try Registry(path: project.registry)
    }

    var predictions: LogFolder { LogFolder(project.predictionLog) }
    var feedback: LogFolder { LogFolder(project.feedbackLog) }

    /// Registers a version whose schema has these columns, and the target `y`.
    @discardableResult
    func register(_ model: String, _ columns: [(name: String, type: ColumnType)]) throws -> ModelVersion {
        let id = UUIDv7(Self.noon, random: (.random(in: 0 ... .max), .random(in: 0 ... .max))).description
        try FileSystem.makeFolder(project.run(id))
        let schema = Schema(
            columns: columns.map { .init(name: $0.name, type: $0.type, nullShare: 0) }
                + [.init(name: "y", type: .text, nullShare: 0)], target: "y")
        try FileSystem.write(try ArtifactCoding.encode(schema), to: "\(project.run(id))/schema.json")
        let manifest = RunManifest(
            runID: id, model: model, leewayVersion: "1", startedAt: "\(Self.noon)", finishedAt: "\(Self.noon)",
            contentHash: "h", stages: [], artifacts: [])
        return try registry.register(manifest, actor: "test")
    }

    /// Seals a segment of lines; each is the JSON of the inputs, or all of a line that begins after the time.
    @discardableResult
    func log(
        _ inputs: [String], model: String = "m", version: Int = 1, at time: Timestamp = noon, isFinished: Bool = true
    ) async throws -> Segment {
        let lines = inputs.enumerated().map { place, inputs in
            """
            "model":"\(model)","version":\(version),"probability":0.\(place + 1),"label":"\(place % 2 == 0 ? "no" : "yes")",\
            "latency_us":\(100 + place),"request_id":"r\(place)","inputs":\(inputs)
            """
        }
        let segment = try await write(lines, to: project.predictionLog, at: time)
        if isFinished { try finish(segment) }
        return segment
    }

    /// Seals a segment of lines, each of what follows the time.
    func write(_ members: [String], to folder: String, at time: Timestamp = noon) async throws -> Segment {
        let sealed = Mutex<[Segment]>([])
        let log = try SegmentedLog<Void>(
            folder: folder, now: { time }, random: { .random(in: 0 ... .max) },
            onSeal: { segment in sealed.withLock { $0.append(segment) } })
        var lines = LogLines()
        for member in members {
            lines.starts.append(lines.bytes.count)
            lines.bytes += LogLines.prefix + LogLines.placeholder + Array("\",\"time\":\"\(time)\",\(member)}\n".utf8)
        }
        _ = try await log.append(lines, ())
        await log.close()
        return try #require(sealed.withLock { $0.first })
    }

    /// Says that all of a segment is counted.
    func finish(_ segment: Segment) throws {
        try registry.fold(segment: segment.name.description) { _, window in window.counts }
    }

    /// Tidies up an hour later, or when it is said.
    func tidy(
        _ configuration: PredictionLogConfiguration = .init(), everything: Bool = false, hours: Int64 = 2,
        except skipped: Set<Segment.Name> = [], engine: (() throws -> any Engine)? = nil
    ) async throws -> [LogTidying.Report] {
        let now = Timestamp(milliseconds: Self.noon.milliseconds + hours * 3_600_000)
        let tidying = LogTidying(project, registry, configuration, now: { now })
        return try await tidying.run(everything: everything, except: skipped, engine: engine ?? { self.engine })
    }

    /// The names of the files in the folder of the one date, without the segment's name.
    func files(_ log: LogFolder) throws -> [String] {
        try FileSystem.names(in: "\(log.path)/\(Self.folderName)").map { String($0.dropFirst(UUIDv7.textLength)) }
    }

    /// The columns' types and the rows of all Parquet files, as texts.
    func parquet(_ log: LogFolder, _ columns: String = "*") async throws -> (types: [String], rows: [String]) {
        let source = "read_parquet('\(log.path)/*/*.parquet', hive_partitioning = false, union_by_name = true)"
        let types = try await engine.table(
            "SELECT column_name || ' ' || column_type AS t FROM (DESCRIBE SELECT \(columns) FROM \(source))")
        let rows = try await engine.table("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (SELECT \(columns) FROM \(source))")
        let cells = try rows.fields.map { try rows.texts($0.name) }
        return (
            try types.texts("t").compactMap { $0 },
            (0..<rows.rowCount).map { row in cells.map { $0[row] ?? "-" }.joined(separator: "|") }
        )
    }

    /// The ids of a file of lines.
    static func ids(_ path: String) throws -> [UUIDv7] {
        try FileSystem.read(path).split(separator: 0x0A).map { line in
            try #require(UUIDv7(String(decoding: line, as: UTF8.self).dropFirst(7).prefix(36)))
        }
    }
}
