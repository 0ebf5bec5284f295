import LeewayCore
import LeewayTestSupport

@testable import LeewayWorkflow

/// Watches nothing.
struct NoObserver: RunObserver {
    func began(_ stage: String) {}
    func ended(_ stage: String, _ summary: String, seconds: Double) {}
    func warn(_ message: String) {}
}

extension Ingestion {
    /// Trains and registers a model, with a clock that stands still.
    func train(_ yaml: String, threads: Int = 1, isDryRun: Bool = false) async throws -> TrainingOutcome {
        let environment = Environment(
            now: { Timestamp(milliseconds: 1_795_478_398_007) }, seconds: { 0 }, random: { .random(in: 0 ... .max) },
            actor: "test")
        let run = TrainingRun(
            try configuration(yaml), in: Project(folder: folder.path), threads: threads, isDryRun: isDryRun,
            environment: environment, observer: NoObserver())
        return try await run.run(on: engine)
    }
}
