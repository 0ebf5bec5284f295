import Foundation
import LeewayCore
import LeewayStats
import LeewayStore
import LeewayTestSupport
import LeewayValidate
import LeewayWire
import Synchronization
import Testing

@testable import LeewayWorkflow

/// A project with two versions of one model, trained once for all tests and copied for each.
final class ServedProject: Sendable {
    /// The column names in the order of the file: a whole number, a number that is missing now and then, two texts, a
    /// truth value, a date that is no feature, a text of too many kinds to be one, and the target.
    static let header = "age,rate,job,city,member,born,code,y"
    static let rowCount = 1_000

    private static let template = Task {
        let ingestion = try Ingestion()
        try ingestion.write(csv(), "p.csv")
        let yaml = """
            name: credit
            source: {path: p.csv, trim: true, null_values: ["?"]}
            target: y
            features: {max_categories: 30}
            """
        for _ in 0..<2 { _ = try await ingestion.train(yaml) }
        return ingestion
    }

    let folder: TemporaryFolder

    init() async throws {
        folder = try TemporaryFolder()
        try FileManager.default.removeItem(atPath: folder.path)
        let template = try await Self.template.value.folder.path
        try FileManager.default.copyItem(atPath: template, toPath: folder.path)
    }

    /// What is left of a project whose server is killed now: all its files, and nobody who holds their locks.
    init(leftBy other: ServedProject) throws {
        folder = try TemporaryFolder()
        try FileManager.default.removeItem(atPath: folder.path)
        try FileManager.default.copyItem(atPath: other.folder.path, toPath: folder.path)
    }

    var project: Project { Project(folder: folder.path) }

    /// Rows whose class follows age and job, a tenth of them the other way.
    private static func csv() -> String {
        var generator = SeededGenerator(seed: 11)
        var text = header + "\n"
        for row in 0..<rowCount {
            let age = 18 + generator.next(below: 60)
            let rate = generator.next(below: 9) == 0 ? "?" : "\(Double(generator.next(below: 1_000)) / 8)"
            let job = ["clerk", "smith", "caf\u{E9}", "Sales, \"x\""][generator.next(below: 4)]
            let city = generator.next(below: 12) == 0 ? "" : "c\(row % 30)"
            let isMember = generator.next(below: 2) == 0
            let isPositive = (age > 45 || job == "smith") != (generator.next(below: 10) == 0)
            text += "\(age),\(rate),\"\(job.replacing("\"", with: "\"\""))\", \(city) ,\(isMember),"
            text += "2026-0\(1 + row % 9)-01,k\(row),\(isPositive ? "yes" : "no")\n"
        }
        return text
    }

    /// A server's session, lenient unless told otherwise.
    func session(
        _ clock: ServingClock = ServingClock(), _ edit: (inout ServingConfiguration) -> Void = { _ in }
    ) throws -> ServingSession {
        var configuration = ServingConfiguration()
        configuration.contract = .lenient
        edit(&configuration)
        return try ServingSession(project, configuration, clock.environment)
    }
}

/// A clock that goes only when it is told to, with luck that is drawn from a seed.
final class ServingClock: Sendable {
    /// Half past ten.
    static let start: Int64 = 1_795_478_398_007 / 3_600_000 * 3_600_000 - 12 * 3_600_000 - 1_800_000

    private let state: Mutex<(milliseconds: Int64, generator: SeededGenerator)>

    init(seed: UInt64 = 1) { state = Mutex((Self.start, SeededGenerator(seed: seed))) }

    func step(seconds: Int64) { state.withLock { $0.milliseconds += seconds * 1000 } }

    var environment: LeewayWorkflow.Environment {
        Environment(
            now: { [self] in Timestamp(milliseconds: state.withLock { $0.milliseconds }) },
            seconds: { [self] in Double(state.withLock { $0.milliseconds }) / 1000 },
            random: { [self] in state.withLock { $0.generator.next() } }, actor: "test")
    }
}

/// Random rows for a served model, and requests with them.
struct ServedRows {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Rows with values that training saw, values that it did not, and missing ones.
    mutating func body(_ count: Int) -> String {
        let jobs = [
            #""clerk""#, #""smith""#, #""caf\u00e9""#, #""Sales, \"x\"""#, #""baker""#, "null", #""cafe\u0301""#,
        ]
        let rows = (0..<count).map { _ in
            var members = [
                #""age":\#(10 + generator.next(below: 80))"#, #""job":\#(jobs[generator.next(below: jobs.count)])"#,
                #""city":"c\#(generator.next(below: 33))""#, #""born":"2026-01-01""#,
                #""member":\#(["true", "false", "null"][generator.next(below: 3)])"#,
            ]
            if generator.next(below: 4) > 0 { members.append(#""rate":\#(Double(generator.next(below: 4_000)) / 16)"#) }
            return "{\(members.joined(separator: ","))}"
        }
        return "[\(rows.joined(separator: ","))]"
    }

    /// Reads a body for a model.
    static func read(_ body: String, _ model: ServedModel) throws(LeewayError) -> ContractRows {
        var body = body
        let result = body.withUTF8 { bytes in
            Result { () throws(LeewayError) in try JSONRows.readBody(bytes, model.contract, rowLimit: 100_000) }
        }
        return try result.get()
    }

    /// Asks for predictions of so many rows.
    mutating func ask(_ session: ServingSession, _ count: Int, version: String? = nil) async throws -> [UUIDv7] {
        let model = try session.catalog.find("credit", version)
        let rows = try Self.read(body(count), model)
        return try await session.service.answer(
            rows, by: model, .init(id: "r", trace: nil, start: 0)
        ).ids
    }
}
