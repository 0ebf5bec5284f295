import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStats
import LeewayStore
import LeewayTestSupport
import LeewayWire
import Testing

@testable import LeewayWorkflow

/// A project whose champion answers rows like those that it was trained on, by a clock that goes when it is told to.
struct MonitoredProject {
    /// How rows differ from the training data.
    struct Change {
        /// Years that everybody is older.
        var ageShift = 0
        /// The share of labels that are turned round.
        var wrongShare = 0.1
    }

    /// A row that was answered, with its true label.
    struct Answer {
        let id: UUIDv7
        let label: String
    }

    let served: ServedProject
    let clock = ServingClock(seed: 5)
    let ingestion: Ingestion
    let registry: Registry
    let session: ServingSession
    var configuration = MonitoringConfiguration()
    var redacted: Set<String> = []

    init(redact: [String: Redaction] = [:]) async throws {
        served = try await ServedProject()
        ingestion = try Ingestion()
        registry = try Registry(path: served.project.registry)
        session = try served.session(clock) { $0.log.redact = redact }
        redacted = Set(redact.keys)
    }

    var project: Project { served.project }
    var now: Timestamp { clock.environment.now() }

    /// Answers rows drawn as those of the training data were, and counts them.
    ///
    /// With a request's id, the version answers that a server would take for it.
    func answer(
        _ count: Int, seed: UInt64, _ change: Change = Change(), request: String? = nil
    ) async throws -> [Answer] {
        var generator = SeededGenerator(seed: seed)
        var (rows, labels) = ([String](), [String]())
        for row in 0..<count {
            let age = 18 + generator.next(below: 60)
            var members = [#""age":\#(age + change.ageShift)"#]
            if generator.next(below: 9) > 0 { members.append(#""rate":\#(Double(generator.next(below: 1_000)) / 8)"#) }
            let job = ["clerk", "smith", "café", #"Sales, \"x\""#][generator.next(below: 4)]
            members.append(#""job":"\#(job)""#)
            if generator.next(below: 12) > 0 { members.append(#""city":"c\#(row % 30)""#) }
            members.append(#""member":\#(generator.next(below: 2) == 0)"#)
            rows.append("{\(members.joined(separator: ","))}")
            let isTurned = Double(generator.next(below: 1_000)) < change.wrongShare * 1_000
            labels.append(((age > 45 || job == "smith") != isTurned) ? "yes" : "no")
        }
        let model = try session.catalog.find("credit", for: request)
        let read = try ServedRows.read("[\(rows.joined(separator: ","))]", model)
        let ids = try await session.service.answer(read, by: model, .init(id: "r", trace: nil, start: 0)).ids
        try session.checkpoint()
        return zip(ids, labels).map { Answer(id: $0, label: $1) }
    }

    /// Tells the labels of answers.
    func tell(_ answers: [Answer]) async throws {
        let items = answers.map { #"{"id":"\#($0.id)","label":"\#($0.label)"}"# }.joined(separator: ",")
        var text = #"{"feedback":[\#(items)]}"#
        let body = try text.withUTF8 { bytes in try FeedbackBody(bytes, limit: 100_000) }
        let statuses = try await session.feedback.take(body).map(\.status)
        #expect(statuses.allSatisfy { $0 == .recorded || $0 == .corrected })
    }

    /// Checks the champion, so many seconds later.
    func check(after seconds: Int64 = 60) async throws -> MonitorOutcome {
        clock.step(seconds: seconds)
        let run = MonitorRun(project, registry, configuration, redacted: redacted, clock.environment)
        let version = try #require(try run.models(nil).first)
        return try await run.check(version) { ingestion.engine }
    }
}
