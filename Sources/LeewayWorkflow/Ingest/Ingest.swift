import LeewayCore
import LeewayEngine
import LeewayValidate

/// Reads the source, profiles it and loads what may be used: `ingestion_report.json`.
///
/// Two passes: the files into a table, and the rows into memory; a third counts the columns that are not kept.
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
        var reading = try await read(table, context.engine)
        if files.contains(where: { $0.format == .csv }), Self.mayHoldNumbers(reading.counts, shape) {
            // A column that was empty in the first rows was taken for text.
            table = try await SourceTable.make(of: files, shape: shape, sample: .all, engine: context.engine)
            reading = try await read(table, context.engine)
        }
        let profile = TableProfile(
            rowCount: table.rowCount, duplicateRowCount: table.rowCount - reading.distinctRowCount,
            fingerprint: reading.fingerprint, columns: reading.counts, target: configuration.target.column)
        try context.write(profile, as: "ingestion_report.json")
        return IngestedData(
            files: files.map(\.path), columns: table.columns, dataset: reading.dataset, counts: reading.counts,
            profile: profile, rowHashes: reading.rowHashes)
    }

    /// What the passes over a table gave.
    private struct Reading {
        let dataset: Dataset
        let rowHashes: [UInt64]
        let distinctRowCount: Int
        let fingerprint: String
        let counts: [ColumnCounts]
    }

    /// Loads the rows, and counts their values: in memory where they are kept, by a query where they are not.
    private func read(_ table: SourceTable, _ engine: any Engine) async throws -> Reading {
        let counting = ColumnCounting(table: table, engine: engine)
        let wide = try await counting.wideColumns()
        let roles = roles(of: table, wide: wide)
        let loaded = try await load(table, as: roles, engine: engine)
        let (dataset, hashes) = (try loaded.dataset(), loaded.rowHashes)
        async let distinct = Set(hashes.map(\.wide)).count
        let passing = try await counting.count(roles.indices.filter { roles[$0] == .passing }, wide: wide)
        let counts = try table.columns.enumerated().map { place, column in
            try passing[place]
                ?? ColumnCounts(
                    Dataset.Column(column.name, try dataset.values(column.name)), type: column.type)
        }
        return Reading(
            dataset: dataset, rowHashes: hashes.map(\.first), distinctRowCount: await distinct,
            fingerprint: Self.fingerprint(hashes), counts: counts)
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

    /// What becomes of each column: numbers and texts of not too many kinds are kept.
    private func roles(of table: SourceTable, wide: Set<Int>) -> [DatasetBuilder.Role] {
        table.columns.enumerated().map { place, column in
            if column.type.isNumeric { return .number }
            return wide.contains(place) || column.type.isTemporal ? .passing : .category
        }
    }

    private func load(
        _ table: SourceTable, as roles: [DatasetBuilder.Role], engine: any Engine
    ) async throws -> DatasetBuilder {
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
