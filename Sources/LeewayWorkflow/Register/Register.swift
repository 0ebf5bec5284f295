package import LeewayCore
import LeewayStore

/// Seals the run's folder and registers it as a version, in one transaction: `run.json`.
package struct Register: Stage {
    package static let name = "register"

    package struct Input: Sendable {
        let runID: RunID
        let startedAt: Timestamp
        let now: @Sendable () -> Timestamp
        let stages: [RunManifest.StageTiming]
        let registry: Registry
        let actor: String
        /// The retraining that the version comes of.
        var retraining: Int?
    }

    package init() {}

    /// - Throws: `diskFull`, `fileNotAccessible`, `registryFailed`.
    package func run(_ input: Input, in context: RunContext) async throws -> ModelVersion {
        guard let folder = context.folder else {
            preconditionFailure("A run that writes nothing registers nothing.")
        }
        let artifacts = try folder.artifacts()
        let manifest = RunManifest(
            runID: input.runID.description, model: context.configuration.name, leewayVersion: LeewayVersion.current,
            startedAt: input.startedAt.description, finishedAt: input.now().description,
            contentHash: RunFolder.contentHash(of: artifacts), stages: input.stages, artifacts: artifacts)
        try folder.write(manifest, as: "run.json")
        try folder.seal()
        do {
            return try input.registry.register(manifest, actor: input.actor, retraining: input.retraining)
        } catch {
            // A folder that no version names is nobody's.
            FileSystem.remove(folder.finalPath)
            throw error
        }
    }
}
