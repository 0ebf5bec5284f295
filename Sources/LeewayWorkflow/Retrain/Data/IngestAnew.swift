import LeewayCore

/// Reads what a retraining learns from: `ingestion_report.json`, `retraining_data.json`.
struct IngestAnew: Stage {
    static let name = "ingest"

    let champion: ModelBundle
    let now: Timestamp
    /// When rows were of which nothing else is known.
    let sourceTime: Timestamp

    /// - Throws: as `RetrainingTable.read`.
    func run(_ input: Void, in context: RunContext) async throws -> RetrainingData {
        let retraining = try await RetrainingTable(
            configuration: context.configuration, champion: champion, project: context.project,
            now: now.milliseconds, sourceTime: sourceTime.milliseconds, engine: context.engine
        ).read()
        try context.write(retraining.data.profile, as: "ingestion_report.json")
        try context.write(retraining.report, as: "retraining_data.json")
        return retraining
    }
}
