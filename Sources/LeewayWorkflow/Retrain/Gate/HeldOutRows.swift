import LeewayCore
import LeewayEngine
import LeewayStore

/// The rows that tested a version when it was trained, as the version keeps them.
struct HeldOutRows {
    let dataset: Dataset
    /// The hash of each row's content.
    let hashes: [UInt64]

    private static let view = "leeway_held_out"

    /// Reads them; nil for a version of a Leeway that did not keep them.
    ///
    /// - Throws: `damagedArtifact`; what the engine says of the file.
    static func read(of bundle: ModelBundle, in project: Project, _ engine: any Engine) async throws -> HeldOutRows? {
        let (name, folder) = (StoreReference.testRows, project.run(bundle.version.runID))
        let manifest = try ModelBundle.manifest(of: bundle.version, in: folder)
        guard let artifact = manifest.artifacts.first(where: { $0.name == name }) else { return nil }
        guard try RunFolder.artifact(name, in: folder) == artifact else {
            throw LeewayError(
                .damagedArtifact, "\(folder)/\(name) is not the file that was registered.",
                hint: "Restore the folder from a backup.")
        }
        let columns = bundle.schema.columns.map { SourceTable.Column(name: $0.name, type: $0.type) }
        try await engine.execute(
            "CREATE OR REPLACE VIEW \(view) AS SELECT * FROM read_parquet(\("\(folder)/\(name)".sqlLiteral), hive_partitioning = false)"
        )
        let loaded = try await RowReading.load(
            columns, as: RowReading.roles(of: columns), of: view, rowCount: 0, engine: engine)
        return HeldOutRows(dataset: try loaded.dataset(), hashes: loaded.rowHashes.map(\.first))
    }
}
