package import LeewayCore
import LeewayStore

/// Finds versions in a project's registry.
package struct VersionLookup: Sendable {
    private let project: Project

    package init(_ project: Project) { self.project = project }

    /// All versions, the newest of each model first; none where there is no registry yet.
    ///
    /// - Throws: `registryFailed`.
    package func all(model: String? = nil) throws(LeewayError) -> [ModelVersion] {
        guard FileSystem.kind(of: project.registry) != nil else { return [] }
        return try Registry(path: project.registry).versions(of: model)
    }

    /// The version of a number or an alias; the champion where neither is given.
    ///
    /// - Throws: `unknownVersion` with what there is.
    package func find(_ reference: String?, model: String?) throws(LeewayError) -> ModelVersion {
        let versions = try all()
        let models = Set(versions.map(\.model)).sorted()
        guard !versions.isEmpty else {
            throw LeewayError(.unknownVersion, "No model is registered yet.", hint: "Train one with 'leeway run'.")
        }
        guard let name = model ?? (models.count == 1 ? models[0] : nil), models.contains(name) else {
            let message = model.map { "There is no model '\($0)'." } ?? "There are several models."
            throw LeewayError(
                .unknownVersion, message, hint: "Name one with --model: \(models.joined(separator: ", ")).")
        }
        let reference = reference ?? Registry.champion
        let own = versions.filter { $0.model == name }
        if let found = own.first(where: { String($0.number) == reference || $0.aliases.contains(reference) }) {
            return found
        }
        let known = own.map { "\($0.number)" } + own.flatMap(\.aliases)
        throw LeewayError(
            .unknownVersion, "Model '\(name)' has no version '\(reference)'.",
            hint: "There are: \(known.joined(separator: ", ")).")
    }

    /// Holds every artifact of a version against its digest.
    ///
    /// - Returns: the artifacts that differ or are missing; none for a whole version.
    /// - Throws: `damagedArtifact` for a manifest that is not the registered one.
    package func verify(_ version: ModelVersion) throws(LeewayError) -> VersionCheck {
        let folder = project.run(version.runID)
        let manifest = try ModelBundle.manifest(of: version, in: folder)
        var (missing, changed) = ([String](), [String]())
        for artifact in manifest.artifacts {
            guard FileSystem.kind(of: "\(folder)/\(artifact.name)") != nil else {
                missing.append(artifact.name)
                continue
            }
            if try RunFolder.artifact(artifact.name, in: folder) != artifact { changed.append(artifact.name) }
        }
        let known = Set(manifest.artifacts.map(\.name) + ["run.json"])
        let extra = try FileSystem.names(in: folder).filter { !known.contains($0) }
        return VersionCheck(
            artifactCount: manifest.artifacts.count, missing: missing, changed: changed, extra: extra)
    }

    /// A version's manifest.
    ///
    /// - Throws: `damagedArtifact`, `fileNotFound`.
    package func manifest(of version: ModelVersion) throws(LeewayError) -> RunManifest {
        try ModelBundle.manifest(of: version, in: project.run(version.runID))
    }

    /// What a version measured when it was trained.
    ///
    /// - Throws: `damagedArtifact`, `fileNotFound`.
    package func metrics(of version: ModelVersion) throws(LeewayError) -> TrainingMetrics {
        try artifact("training_metrics.json", of: version)
    }

    /// The names of a version's classes.
    ///
    /// - Throws: `damagedArtifact`, `fileNotFound`.
    package func classes(of version: ModelVersion) throws(LeewayError) -> TargetClasses {
        let metadata: ModelBundle.LoadedMetadata = try artifact("training_metadata.json", of: version)
        return metadata.classes
    }

    private func artifact<Value: Decodable>(_ name: String, of version: ModelVersion) throws(LeewayError) -> Value {
        let path = "\(project.run(version.runID))/\(name)"
        return try ArtifactCoding.decode(Value.self, from: try FileSystem.read(path), name: path)
    }
}

/// How a version's files compare with what was registered.
package struct VersionCheck: Sendable, Encodable {
    package let artifactCount: Int
    package let missing: [String]
    package let changed: [String]
    /// Files that do not belong to the version; they harm nothing.
    package let extra: [String]
    package var isWhole: Bool { missing.isEmpty && changed.isEmpty }

    enum CodingKeys: String, CodingKey {
        case artifactCount = "artifacts"
        case missing
        case changed
        case extra
    }
}
