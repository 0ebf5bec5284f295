package import LeewayCore
package import LeewayStore

/// All that happened to a project's models, or what stands behind one prediction.
package struct HistoryReport: Sendable {
    private let project: Project
    private let registry: Registry

    package init(_ project: Project, _ registry: Registry) { (self.project, self.registry) = (project, registry) }

    /// The events and decisions of a model, the newest first.
    package struct Timeline: Sendable {
        package let events: [Registry.Event]
        package let decisions: [RecordedDecision]
        package let retrainings: [Retraining]
    }

    /// - Throws: `registryFailed`.
    package func timeline(of model: String, limit: Int) throws(LeewayError) -> Timeline {
        Timeline(
            events: try registry.events(of: model, limit: limit),
            decisions: try registry.decisions(model: model, limit: limit),
            retrainings: try registry.retrainings(model: model, limit: limit))
    }

    /// What stands behind a version: which data, what made it, how it became what it was.
    package struct Provenance: Sendable {
        package let version: ModelVersion
        package let manifest: RunManifest
        /// Names the rows that it was trained on, whatever their order.
        package let dataFingerprint: String?
        /// The retraining that made it; nil for one by `leeway run`.
        package let retraining: Retraining?
        package let document: RetrainingDocument?
        /// The moves of an alias to it or away from it, the oldest first.
        package let moves: [Registry.Event]
    }

    /// - Throws: `damagedArtifact`, `registryFailed`.
    package func provenance(of version: ModelVersion) throws(LeewayError) -> Provenance {
        let folder = project.run(version.runID)
        let manifest = try ModelBundle.manifest(of: version, in: folder)
        let path = "\(folder)/training_metadata.json"
        let metadata = try ArtifactCoding.decode(
            ModelBundle.LoadedMetadata.self, from: try FileSystem.read(path), name: path)
        let retraining = try registry.retrainings(model: version.model).first { $0.challenger == version.number }
        let moves = try registry.events(of: version.model).filter {
            $0.from == version.number || $0.to == version.number
        }
        return Provenance(
            version: version, manifest: manifest, dataFingerprint: metadata.dataFingerprint, retraining: retraining,
            document: RetrainingDocument(retraining?.document), moves: moves.reversed())
    }
}
