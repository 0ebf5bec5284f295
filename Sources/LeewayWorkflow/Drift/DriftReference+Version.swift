import LeewayCore
import LeewayEngine
import LeewayLearn
import LeewayMonitor

extension DriftReference {
    /// The training data of a version: its features, and its target.
    ///
    /// - Throws: `damagedArtifact` for a version without reference counts.
    static func of(_ bundle: ModelBundle) throws(LeewayError) -> DriftReference {
        guard let reference = bundle.reference else {
            throw LeewayError(
                .damagedArtifact,
                "\(bundle.version.model) version \(bundle.version.number) has no \(ReferenceFile.name), which drift is measured against.",
                hint: "Versions have it since Leeway 0.2: train again.")
        }
        let numeric = Set(bundle.preprocessor.numericImputer.fills.map(\.column))
        let categorical = Set(bundle.preprocessor.encoder.encodings.map(\.column))
        var (columns, counts) = ([ComparedColumn](), [ReferenceCounts]())
        for column in reference {
            let isBoolean = bundle.schema[column.column]?.type == .boolean
            let compared: ComparedColumn
            if column.column == bundle.schema.target {
                compared = ComparedColumn(
                    name: column.column, kind: .category, role: .target, isBoolean: isBoolean,
                    suffix: bundle.metadata.configuration.target?.stripSuffix)
            } else if numeric.contains(column.column) {
                compared = ComparedColumn(name: column.column, kind: .number)
            } else if categorical.contains(column.column) {
                compared = ComparedColumn(name: column.column, kind: .category, isBoolean: isBoolean)
            } else {
                continue
            }
            columns.append(compared)
            counts.append(column)
        }
        let aliases = bundle.version.aliases.isEmpty ? "" : ", \(bundle.version.aliases.joined(separator: ", "))"
        return DriftReference(
            name: "\(bundle.version.model) version \(bundle.version.number)\(aliases)", columns: columns,
            counts: counts,
            rows: counts.first?.rowCount ?? 0, sample: [],
            importance: Dictionary(
                (bundle.importance?.columns ?? []).map { ($0.column, $0.weight) },
                uniquingKeysWith: { first, _ in first }))
    }

    /// Reads some rows of the version's training data.
    ///
    /// - Throws: `fileNotFound`; what the engine says of them.
    mutating func readSample(
        of bundle: ModelBundle, in project: Project, seed: UInt64, engine: any Engine
    ) async throws {
        let path = "\(project.run(bundle.version.runID))/train_reference.parquet"
        let rows = SourceConfiguration(files: [.init(path: path, options: FileOptions())])
        let files = try await ScannedFiles(rows, asTexts: false, resolve: { $0 }, engine: engine)
        let features = columns.filter { $0.role == .feature }
        sample = try await SampledColumns.read(features, of: files, size: SampledColumns.size, seed: seed, engine)
    }
}
