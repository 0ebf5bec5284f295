import LeewayCore
import LeewayMonitor
import LeewayStore
import Testing

@testable import LeewayWorkflow

/// A project whose loop takes steps when it is told to, by a clock that goes when it is told to.
struct LoopedProject {
    /// Tries challengers where the caller is.
    struct SamePlace: Sandbox {
        let project: Project

        func run(
            champion: ModelVersion, challenger: ModelVersion, requests: [UInt8]
        ) async throws(LeewayError) -> SandboxTrial.Report {
            try SandboxTrial(project, ServingConfiguration(), seconds: { SystemClock.seconds }).run(
                champion: champion, challenger: challenger, requests: requests)
        }
    }

    /// Watches nothing.
    struct Nobody: RunObserver {
        func began(_ stage: String) {}
        func ended(_ stage: String, _ summary: String, seconds: Double) {}
        func warn(_ message: String) {}
    }

    let monitored: MonitoredProject
    var configuration: ProjectConfiguration

    /// Takes what the section `retraining` says, a line each.
    init(_ retraining: String = "") async throws {
        monitored = try await MonitoredProject()
        let yaml = """
            name: credit
            source: {path: p.csv, trim: true, null_values: ["?"]}
            target: y
            features: {max_categories: 30}
            retraining:
              min_growth: 0
              \(retraining.replacing("\n", with: "\n  "))
            """
        configuration = try LeewayWorkflowTests.configuration(yaml)
    }

    var project: Project { monitored.project }
    var registry: Registry { monitored.registry }

    /// Takes a step of the loop, so many seconds later.
    @discardableResult
    func step(
        after seconds: Int64 = 60, request: String? = nil, isForced: Bool = false
    ) async throws -> RetrainStep.Outcome {
        monitored.clock.step(seconds: seconds)
        let step = RetrainStep(
            configuration, in: project, registry, threads: 1, sandbox: SamePlace(project: project),
            environment: monitored.clock.environment, observer: Nobody())
        let ingestion = monitored.ingestion
        return try await step.take(request: request, isForced: isForced) { ingestion.engine }
    }

    /// Answers rows whose labels are the other way round, and tells the labels.
    func turn(_ count: Int, seed: UInt64 = 1) async throws {
        try await monitored.tell(
            try await monitored.answer(count, seed: seed, .init(wrongShare: 0.95)))
    }

    /// Answers rows as requests of their own, each by the version that a server would take, and tells their labels.
    func ask(_ count: Int, turned: Bool) async throws {
        _ = try monitored.session.refresh()
        var answers: [MonitoredProject.Answer] = []
        for request in 0..<count {
            answers += try await monitored.answer(
                1, seed: UInt64(1_000 + request), .init(wrongShare: turned ? 0.95 : 0.05), request: "request \(request)"
            )
        }
        try await monitored.tell(answers)
    }

    /// The number of the champion.
    func champion() throws -> Int {
        let versions = try registry.versions(of: "credit")
        return try #require(versions.first { $0.aliases.contains(Registry.champion) }).number
    }

    func write(_ text: String, _ name: String = "p.csv") throws {
        try FileSystem.write(Array(text.utf8), to: "\(project.folder)/\(name)")
    }

    /// The source as it is.
    func source() throws -> String { String(decoding: try FileSystem.read("\(project.folder)/p.csv"), as: UTF8.self) }
}
