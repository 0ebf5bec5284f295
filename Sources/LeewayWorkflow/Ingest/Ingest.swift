import LeewayCore
import LeewayEngine
import LeewayValidate

/// Reads the source, profiles it and loads what may be used: `ingestion_report.json`.
///
/// Three passes: the files into a table, the distinct values of all columns, the rows into memory.
package struct Ingest: Stage {
    package static let name = "ingest"

    package init() {}

    /// - Throws: `fileNotFound`, `fileNotAccessible`, `malformedSource`, `notEnoughRows`, `missingColumn`, `unsupportedType`.
    package func run(_ input: SourceConfiguration, in context: RunContext) async throws -> IngestedData {
        let configuration = context.configuration
        let files = try SourceFiles.find(input, resolve: context.project.resolve)
        let shape = SourceTable.Shape(
            target: configuration.target, numeric: Set(configuration.features.numeric),
            categorical: Set(configuration.features.categorical), drop: Set(configuration.features.drop))
        var table = try await SourceTable.make(of: files, shape: shape, engine: context.engine)
        guard table.rowCount > 0 else {
            throw LeewayError(
                .notEnoughRows, "\(files[0].path) has a header but no rows.", hint: "It needs some rows.")
        }
        var (loaded, counts) = try await read(table, context.engine)
        if files.contains(where: { $0.format == .csv }), Self.mayHoldNumbers(counts, shape) {
            // A column that was empty in the first rows was taken for text.
            table = try await SourceTable.make(of: files, shape: shape, sample: .all, engine: context.engine)
            (loaded, counts) = try await read(table, context.engine)
        }
        let dataset = try loaded.dataset()
        let profile = TableProfile(
            rowCount: table.rowCount, duplicateRowCount: table.rowCount - Set(loaded.rowHashes.map(\.wide)).count,
            fingerprint: Self.fingerprint(loaded.rowHashes), columns: counts, target: configuration.target.column)
        try context.write(profile, as: "ingestion_report.json")
        return IngestedData(
            files: files.map(\.path), columns: table.columns, dataset: dataset, counts: counts, profile: profile,
            rowHashes: loaded.rowHashes.map(\.first))
    }

    /// Loads the rows and counts their values, beside each other.
    private func read(
        _ table: SourceTable, _ engine: any Engine
    ) async throws -> (loaded: DatasetBuilder, counts: [ColumnCounts]) {
        let counting = ColumnCounting(table: table, engine: try engine.another())
        let wide = try await counting.wideColumns()
        async let counted = counting.count(wide: wide)
        let loaded = try await load(table, wide: wide, engine: engine)
        let dataset = try loaded.dataset()
        return (loaded, try await counted.columns { try dataset.column($0) })
    }

    /// Whether a column of texts holds nothing but numbers, though nobody asked for texts.
    private static func mayHoldNumbers(_ counts: [ColumnCounts], _ shape: SourceTable.Shape) -> Bool {
        counts.contains { column in
            guard column.type == .text, column.name != shape.target?.column, !shape.categorical.contains(column.name),
                case .texts(let texts) = column.values, !texts.entries.isEmpty
            else { return false }
            return texts.entries.allSatisfy { Double($0.text) != nil }
        }
    }

    private func load(_ table: SourceTable, wide: Set<Int>, engine: any Engine) async throws -> DatasetBuilder {
        let roles = table.columns.enumerated().map { place, column -> DatasetBuilder.Role in
            if column.type.isNumeric { return .number }
            return wide.contains(place) || column.type.isTemporal ? .passing : .category
        }
        let expressions = table.columns.map { column in
            column.type == .boolean ? "CAST(\(column.name.sqlName) AS VARCHAR)" : column.name.sqlName
        }
        let names = table.columns.map(\.name)
        let rowCount = table.rowCount
        return try await engine.query(
            "SELECT \(expressions.joined(separator: ", ")) FROM \(SourceTable.name.sqlName)",
            into: { _ in DatasetBuilder(names: names, roles: roles, rowCount: rowCount) },
            { builder, batch in try builder.add(batch) })
    }

    /// Names rows whatever their order: the sum of their hashes, 32 hexadecimal digits.
    private static func fingerprint(_ hashes: [RowHash]) -> String {
        let digits = String(hashes.reduce(UInt128(0)) { $0 &+ $1.wide }, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
