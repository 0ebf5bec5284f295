import LeewayCore
import LeewayStore

/// The types that the inputs of a segment have in SQL: what the contracts of its versions say, as far as the values agree.
struct FieldTypes: Sendable {
    /// A field, and the place that its values are read from.
    struct Field: Sendable, Equatable {
        /// The member's name in the lines.
        let key: String
        /// The field's name in the Parquet file.
        let name: String
        let type: String
    }

    /// In the order of the first contract, then in that of the others, then in that of the lines.
    let fields: [Field]

    /// Whether names had to be changed, so that the members can't be read by their names.
    var areRenamed: Bool { fields.contains { $0.key != $0.name } }

    /// Joins what the contracts say with what was seen; a contract that is gone is made up for by what was seen.
    init(_ schemas: [Schema], _ seen: SeenFields) {
        var (order, wanted) = ([String](), [String: Set<ColumnType>]())
        for schema in schemas {
            for column in schema.columns where column.name != schema.target {
                if wanted[column.name] == nil { order.append(column.name) }
                wanted[column.name, default: []].insert(column.type)
            }
        }
        var kinds: [String: SeenKinds] = [:]
        // Names without a kind stood in damaged lines only.
        for (name, own) in zip(seen.names, seen.kinds) where !own.isEmpty {
            kinds[name] = own
            if wanted[name] == nil { order.append(name) }
        }
        // To SQL, names that differ in case only are one.
        var taken: Set<String> = []
        fields = order.map { key in
            var name = key.isEmpty ? "_" : key
            var number = 1
            while !taken.insert(name.lowercased()).inserted {
                name = "\(key.isEmpty ? "_" : key)_\(number)"
                number += 1
            }
            return Field(key: key, name: name, type: Self.type(wanted[key] ?? [], kinds[key] ?? []))
        }
    }

    /// The type that holds every value of a field as it is.
    static func type(_ wanted: Set<ColumnType>, _ seen: SeenKinds) -> String {
        let values = seen.subtracting(.null)
        if wanted.isEmpty {
            if values.isEmpty { return "VARCHAR" }
            if values.isSubset(of: [.integer, .number]) { return "DOUBLE" }
            return values.isSubset(of: [.truth, .truthText]) ? "BOOLEAN" : "VARCHAR"
        }
        if wanted.isSubset(of: [.integer, .number]) {
            if wanted == [.integer], values.isSubset(of: .integer) { return "BIGINT" }
            return values.isSubset(of: [.integer, .number]) ? "DOUBLE" : "VARCHAR"
        }
        return wanted == [.boolean] && values.isSubset(of: [.truth, .truthText]) ? "BOOLEAN" : "VARCHAR"
    }
}

/// The schemas of registered versions, read once each.
struct VersionSchemas {
    private let project: Project
    private let versions: [SegmentScan.Version: ModelVersion]
    private var known: [SegmentScan.Version: Schema?] = [:]

    /// - Throws: `registryFailed`.
    init(_ project: Project, _ registry: Registry) throws(LeewayError) {
        self.project = project
        versions = Dictionary(
            try registry.versions().map { (.init(model: $0.model, number: $0.number), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The schemas of versions, by model and number; none of a version whose files are gone.
    mutating func schemas(of versions: Set<SegmentScan.Version>) -> [Schema] {
        var schemas: [Schema] = []
        for version in versions.sorted(by: { ($0.model, $0.number) < ($1.model, $1.number) }) {
            if known[version] == nil { known[version] = .some(read(version)) }
            if let schema = known[version].flatMap({ $0 }) { schemas.append(schema) }
        }
        return schemas
    }

    private func read(_ version: SegmentScan.Version) -> Schema? {
        guard let registered = versions[version] else { return nil }
        let path = "\(project.run(registered.runID))/schema.json"
        guard let bytes = try? FileSystem.read(path) else { return nil }
        return try? ArtifactCoding.decode(Schema.self, from: bytes, name: path)
    }
}
