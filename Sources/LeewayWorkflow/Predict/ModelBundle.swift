package import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStore

/// A registered version, loaded: every byte that is used was held against its digest first.
package struct ModelBundle: Sendable {
    package let version: ModelVersion
    package let schema: Schema
    let preprocessor: Preprocessor.Fitted
    let model: LogisticRegression.Model
    let metadata: LoadedMetadata
    /// What the training columns held; nil for a version of an earlier Leeway, which stored it as Parquet alone.
    let reference: [ReferenceCounts]?
    /// How much of the model's quality each column carries; nil for a version of an earlier Leeway.
    let importance: PermutationImportance?
    /// What performance is estimated and measured against; nil for a version of an earlier Leeway.
    let performance: PerformanceReference?

    /// What of `training_metadata.json` scoring needs.
    struct LoadedMetadata: Decodable, Sendable {
        struct Configuration: Decodable, Sendable {
            struct Source: Decodable, Sendable {
                struct File: Decodable, Sendable {
                    struct Options: Decodable, Sendable {
                        let quote: String
                        let trim: Bool
                        let nullValues: [String]

                        enum CodingKeys: String, CodingKey {
                            case quote
                            case trim
                            case nullValues = "null_values"
                        }
                    }

                    let options: Options
                }

                let files: [File]
            }

            struct Model: Decodable, Sendable {
                let threshold: Double
            }

            struct Target: Decodable, Sendable {
                let stripSuffix: String?

                enum CodingKeys: String, CodingKey { case stripSuffix = "strip_suffix" }
            }

            struct Split: Decodable, Sendable {
                let testShare: Double
                let testRows: String?

                enum CodingKeys: String, CodingKey {
                    case testShare = "test_share"
                    case testRows = "test_rows"
                }
            }

            let source: Source
            let model: Model
            let target: Target?
            let split: Split?
            let seed: Int?

            /// Lets a later training split as this one did.
            func keepSplit(of configuration: inout ProjectConfiguration) {
                if let split {
                    (configuration.split.testShare, configuration.split.testRows) = (split.testShare, split.testRows)
                }
                if let seed { configuration.seed = seed }
            }
        }

        let configuration: Configuration
        let classes: TargetClasses
        /// Names the rows that it was made of, whatever their order.
        let dataFingerprint: String?

        enum CodingKeys: String, CodingKey {
            case configuration
            case classes
            case dataFingerprint = "data_fingerprint"
        }
    }

    /// Finds a version and loads it.
    ///
    /// `reference` is a number or an alias, nil for the champion; `model` may be nil where the registry holds one model only.
    ///
    /// - Throws: `unknownVersion`, `damagedArtifact`, `registryFailed`.
    package static func load(
        _ reference: String?, model: String?, in project: Project
    ) throws(LeewayError) -> ModelBundle {
        try load(try VersionLookup(project).find(reference, model: model), in: project)
    }

    /// Loads a version.
    ///
    /// - Throws: `damagedArtifact`, `fileNotFound`.
    package static func load(_ version: ModelVersion, in project: Project) throws(LeewayError) -> ModelBundle {
        let folder = project.run(version.runID)
        let manifest = try manifest(of: version, in: folder)
        func artifact<Value: Decodable>(_ type: Value.Type, _ name: String) throws(LeewayError) -> Value {
            try ArtifactCoding.decode(type, from: try verified(name, manifest, folder), name: "\(folder)/\(name)")
        }
        func later<Value: Decodable>(_ type: Value.Type, _ name: String) throws(LeewayError) -> Value? {
            guard manifest.artifacts.contains(where: { $0.name == name }) else { return nil }
            return try artifact(type, name)
        }
        return ModelBundle(
            version: version, schema: try artifact(Schema.self, "schema.json"),
            preprocessor: try artifact(Preprocessor.Fitted.self, "preprocessor.json"),
            model: try artifact(LogisticRegression.Model.self, "model.json"),
            metadata: try artifact(LoadedMetadata.self, "training_metadata.json"),
            reference: try reference(manifest, folder),
            importance: try later(PermutationImportance.self, StorePerformance.importanceFile),
            performance: try later(PerformanceReference.self, StorePerformance.referenceFile))
    }

    /// The manifest of a version, which must be the one that was registered.
    ///
    /// - Throws: `damagedArtifact`.
    package static func manifest(of version: ModelVersion, in folder: String) throws(LeewayError) -> RunManifest {
        let path = "\(folder)/run.json"
        guard FileSystem.kind(of: path) != nil else {
            throw LeewayError(
                .damagedArtifact, "\(path) is missing.", hint: "Restore the folder from a backup, or train again.")
        }
        let manifest = try ArtifactCoding.decode(RunManifest.self, from: try FileSystem.read(path), name: path)
        guard manifest.contentHash == version.contentHash,
            RunFolder.contentHash(of: manifest.artifacts) == version.contentHash
        else {
            throw LeewayError(
                .damagedArtifact, "\(path) is not the manifest that was registered.",
                hint: "Restore the folder from a backup, or train again.")
        }
        return manifest
    }

    private static func reference(
        _ manifest: RunManifest, _ folder: String
    ) throws(LeewayError) -> [ReferenceCounts]? {
        guard manifest.artifacts.contains(where: { $0.name == ReferenceFile.name }) else { return nil }
        return try ReferenceFile.decode(
            try verified(ReferenceFile.name, manifest, folder), path: "\(folder)/\(ReferenceFile.name)")
    }

    private static func verified(
        _ name: String, _ manifest: RunManifest, _ folder: String
    ) throws(LeewayError) -> [UInt8] {
        let bytes = try FileSystem.read("\(folder)/\(name)")
        guard let artifact = manifest.artifacts.first(where: { $0.name == name }),
            SHA256.hex(bytes) == artifact.sha256
        else {
            throw LeewayError(
                .damagedArtifact, "\(folder)/\(name) is not what was registered: its SHA-256 differs.",
                hint: "Restore it from a backup, or train again.")
        }
        return bytes
    }
}
